namespace Xunke.Analytics.Vision;

/// <summary>What is wrong with a camera's view (tamper 遮挡与异常).</summary>
public enum Tamper
{
    None,

    Dark,

    /// <summary>Something without structure fills the view: a hand, a cloth, a cap.</summary>
    Covered,

    Blurred,

    /// <summary>The same picture again and again: the camera or its line has stopped.</summary>
    Frozen,

    /// <summary>The camera shows another view than before.</summary>
    Moved,
}

/// <summary>What follows from it.</summary>
public static class TamperExtensions
{
    /// <summary>The picture shows nothing, or has stopped. A moved camera still shows the class.</summary>
    public static bool HidesClass(this Tamper tamper) => tamper is not (Tamper.None or Tamper.Moved);
}

/// <summary>A stretch of time in which something was wrong with the view.</summary>
public sealed record TamperEvent(Tamper Kind, DateTimeOffset From, DateTimeOffset To);
