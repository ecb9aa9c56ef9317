namespace Xunke.Actors.Recordings;

/// <summary>Files of a recording that was deleted: the row stays until they are gone, over restarts too.</summary>
public sealed class DoomedFiles
{
    /// <summary>The recording that they belonged to, which names their folder.</summary>
    public required Guid RecordingId { get; init; }
}
