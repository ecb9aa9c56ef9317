using Xunke.Streaming.Recording;

namespace Xunke.Actors.Recordings;

/// <summary>Puts recordings on record, each step with its line in the audit trail or not at all.</summary>
public interface IRecordingRecords
{
    /// <summary>A recording begins, or goes on after a restart.</summary>
    /// <returns>The folder for its files.</returns>
    Task<string> BeginAsync(Recording recording, bool isResumed);

    /// <summary>A recording ends; nothing where it has ended on record.</summary>
    Task EndAsync(Recording recording, RecordingStatus status, string? fault, string by);

    /// <summary>The files of a recording that has ended are complete.</summary>
    Task CompleteAsync(Guid recordingId, RecordingStatus status, string? fault);
}

/// <summary>What the recordings of a node need.</summary>
/// <param name="Active">The list of the recordings that last.</param>
/// <param name="Records">Where they are put on record.</param>
public sealed record RecordingOptions(ActiveRecordings Active, IRecordingRecords Records);
