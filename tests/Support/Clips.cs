namespace Xunke.Tests.Support;

/// <summary>The rendered classes that come with the product.</summary>
internal static class Clips
{
    /// <summary>One minute from the front of a class, H.264 and Opus.</summary>
    public static string Front { get; } = Path.Combine(AppContext.BaseDirectory, "demo", "clips", "front60.mkv");

    /// <summary>Twenty seconds from the back of a class.</summary>
    public static string Rear { get; } = Path.Combine(AppContext.BaseDirectory, "demo", "clips", "rear20.mkv");
}
