using System.Collections.Immutable;
using Xunke.Actors.Live;
using Xunke.Actors.Messaging;
using Xunke.Streaming.Recording;

namespace Xunke.Actors.Recordings;

/// <summary>What a <see cref="RecordingActor"/> understands.</summary>
public abstract record RecordingMessage : RoomMessage;

/// <summary>Record the room.</summary>
/// <param name="Record">The recording, as it is put on record.</param>
/// <param name="Earlier">What it goes on from after a restart of the server, when it is on record already; null where it begins.</param>
public sealed record BeginRecording(Recording Record, EarlierParts? Earlier = null) : RecordingMessage,
    IQuestion<RecordingMessage, RecordingBegun>;

/// <summary>The answer to <see cref="BeginRecording"/>.</summary>
/// <param name="HasBegun">False when the room is being recorded already.</param>
public sealed record RecordingBegun(bool HasBegun);

/// <summary>End the room's recording; nothing where there is none, or another one.</summary>
/// <param name="By">Account that ends it.</param>
/// <param name="Fault">Why, where that is a fault of the recording.</param>
/// <param name="RecordingId">The one that is meant; null for whichever it is.</param>
/// <param name="VisitId">The visit whose recording is meant; null for whosever it is.</param>
/// <param name="Insists">
/// The recording may not go on: its files are completed first, whatever the database does, and its end is written again
/// with every <see cref="CheckRecording"/>. Otherwise a recording whose end cannot be written goes on, and the asker is told.
/// </param>
public sealed record EndRecording(
    string By, string? Fault = null, Guid? RecordingId = null, Guid? VisitId = null, bool Insists = false)
    : RecordingMessage, IQuestion<RecordingMessage, RecordingEnded>;

/// <summary>The server stops: complete the recording's files, and leave it to the next start to go on with it.</summary>
public sealed record SuspendRecording : RecordingMessage, IQuestion<RecordingMessage, RecordingEnded>;

/// <summary>End the recording if its time is over or it cannot go on; and finish on record what has ended.</summary>
/// <param name="Now">The time.</param>
public sealed record CheckRecording(DateTimeOffset Now) : RecordingMessage, IQuestion<RecordingMessage, RecordingEnded>;

/// <summary>What was to end has ended, or there was nothing to end.</summary>
public sealed record RecordingEnded
{
    /// <summary>All ends are alike.</summary>
    public static RecordingEnded Instance { get; } = new();
}

/// <summary>What became of the writing of a beginning.</summary>
internal sealed record BeginningWritten(string? Folder, Exception? Failure) : RecordingMessage, IToSelf;

/// <summary>What became of an end.</summary>
/// <param name="Unfinished">The recordings that have ended and whose parts are still to be put on record.</param>
/// <param name="Failure">Why it has not ended; null where it has.</param>
internal sealed record EndWritten(ImmutableArray<UnfinishedRecording> Unfinished, Exception? Failure) : RecordingMessage, IToSelf;

/// <summary>A recording that has ended, whose parts are not on record yet.</summary>
internal sealed record UnfinishedRecording(Guid RecordingId, RecordingStatus Status, string? Fault);
