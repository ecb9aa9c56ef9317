namespace Xunke.Streaming;

/// <summary>The two kinds of media that a room carries.</summary>
public enum MediaKind
{
    /// <summary>Sound.</summary>
    Audio,

    /// <summary>Pictures.</summary>
    Video,
}
