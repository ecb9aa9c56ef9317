namespace Xunke.Web.Books.Files;

/// <summary>A part of the day within which a school may count its periods anew.</summary>
internal enum DayPart
{
    /// <summary>Not said.</summary>
    Any,

    /// <summary>上午.</summary>
    Morning,

    /// <summary>下午.</summary>
    Afternoon,

    /// <summary>晚上.</summary>
    Evening,
}
