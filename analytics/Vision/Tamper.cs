namespace Xunke.Analytics.Vision;

/// <summary>What is wrong with a camera's view (tamper 遮挡与异常).</summary>
public enum Tamper
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Too dark to see anything.</summary>
    Dark,

    /// <summary>Something without structure fills the view: a hand, a cloth, a cap.</summary>
    Covered,

    /// <summary>Out of focus, or something smeared over the lens.</summary>
    Blurred,

    /// <summary>The same picture again and again: the camera or its line has stopped.</summary>
    Frozen,

    /// <summary>The camera shows another view than before.</summary>
    Moved,
}

/// <summary>What follows from it.</summary>
public static class TamperExtensions
{
    /// <summary>The picture says nothing about the class: it shows nothing, or has stopped. Another view still shows who is there.</summary>
    public static bool HidesClass(this Tamper tamper) => tamper is not (Tamper.None or Tamper.Moved);
}

/// <summary>A stretch of time in which something was wrong with the view.</summary>
/// <param name="Kind">What.</param>
/// <param name="From">The first picture that shows it.</param>
/// <param name="To">The last one.</param>
public sealed record TamperEvent(Tamper Kind, DateTimeOffset From, DateTimeOffset To);
