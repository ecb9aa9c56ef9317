using Xunke.Streaming;

namespace Xunke.Actors.Recordings;

/// <summary>One file of a recording.</summary>
public sealed class StoredPart
{
    /// <summary>The recording.</summary>
    public Guid RecordingId { get; init; }

    /// <summary>From 1 in the order of time; not every number need be there.</summary>
    public required int Number { get; init; }

    /// <summary>Its start, from the start of the recording; 0 or more.</summary>
    public required long OffsetMilliseconds { get; init; }

    /// <summary>How long it plays; 0 or more.</summary>
    public required long LengthMilliseconds { get; init; }

    /// <summary>On the disk.</summary>
    public required long Bytes { get; init; }

    /// <summary>The codec of its picture, or none where it is sound alone.</summary>
    public required VideoCodec VideoCodec { get; init; }

    /// <summary>Of the picture in pixels; 0 without one.</summary>
    public required int Width { get; init; }

    /// <summary>Of the picture in pixels; 0 without one.</summary>
    public required int Height { get; init; }

    /// <summary>There is an Opus track.</summary>
    public required bool HasSound { get; init; }
}
