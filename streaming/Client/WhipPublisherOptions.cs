namespace Xunke.Streaming.Client;

/// <summary>What a <see cref="WhipPublisher"/> publishes, and where to.</summary>
public sealed record WhipPublisherOptions
{
    /// <summary>The room's WHIP endpoint, http or https.</summary>
    public required Uri Url { get; init; }

    /// <summary>The room's bearer key. It never reaches a log.</summary>
    public required string Key { get; init; }

    /// <summary>A file that FFmpeg reads, with a video stream and perhaps an audio stream.</summary>
    public required string File { get; init; }

    /// <summary>Where in the file to begin. Zero or more; beyond the file's end it counts round.</summary>
    public TimeSpan StartAt { get; init; }

    /// <summary>Whether to begin again at the end of the file. Otherwise publishing ends there.</summary>
    public bool Loop { get; init; } = true;

    /// <inheritdoc />
    public override string ToString() => $"{File} to {Url}";
}
