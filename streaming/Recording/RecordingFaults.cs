namespace Xunke.Streaming.Recording;

/// <summary>The codes of what can be wrong with a recording. Some are followed by a colon and a detail.</summary>
public static class RecordingFaults
{
    /// <summary>The publisher sends no sound.</summary>
    public const string NoSound = "no-sound";

    /// <summary>The publisher offered sound only in codecs that browsers cannot play; the detail names them.</summary>
    public const string UnplayableSound = "unplayable-sound";

    /// <summary>Sound was agreed on, but for ten seconds none came.</summary>
    public const string SoundMissing = "sound-missing";

    /// <summary>Nothing was recorded: no picture came.</summary>
    public const string NoPicture = "no-picture";

    /// <summary>The disk did not keep up, and a fragment was left out.</summary>
    public const string DiskSlow = "disk-slow";

    /// <summary>The disk could not be written.</summary>
    public const string DiskFailed = "disk-failed";

    /// <summary>Recording was stopped because the disk was nearly full.</summary>
    public const string DiskFull = "disk-full";

    /// <summary>The server ended while it recorded.</summary>
    public const string Interrupted = "interrupted";

    public static string With(string code, string detail) => $"{code}:{detail}";
}
