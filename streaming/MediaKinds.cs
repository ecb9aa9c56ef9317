namespace Xunke.Streaming;

/// <summary>What of a room somebody is shown: a choice of <see cref="MediaKind"/>s. The values are stored: they never change.</summary>
[Flags]
public enum MediaKinds
{
    /// <summary>Pictures only.</summary>
    Video = 1,

    /// <summary>Sound only.</summary>
    Audio = 2,

    /// <summary>Pictures and sound.</summary>
    Both = Video | Audio,
}
