namespace Xunke.Streaming.Decoding;

/// <summary>How a video file is read into pictures.</summary>
public sealed record VideoFileReaderOptions
{
    /// <summary>Time between two pictures, above zero; 1 second if not given.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Where in the file to start; zero if not given.</summary>
    public TimeSpan StartAt { get; init; } = TimeSpan.Zero;

    /// <summary>The most to read from there on, or null for the whole rest.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The box that pictures are fitted into.</summary>
    public AnalysisSize Size { get; init; } = AnalysisSize.Default;

    /// <summary>The room that the pictures are said to be of.</summary>
    public string RoomId { get; init; } = "file";

    /// <summary>The time that the file's first instant stands for; a picture's time is this plus its place in the file.</summary>
    public DateTimeOffset Origin { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>
    /// Leaves out frames that no other frame refers to (B-frames), which saves most of the decoding where there are many; a picture may
    /// then be a few frames older than its instant.
    /// </summary>
    public bool SkipUnreferenced { get; init; }
}
