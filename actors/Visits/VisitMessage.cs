using Xunke.Actors.Messaging;
using Xunke.Actors.Recordings;
using Xunke.Streaming.Edge;

namespace Xunke.Actors.Visits;

/// <summary>What a <see cref="VisitActor"/> understands.</summary>
public abstract record VisitMessage;

/// <summary>Begin; the first message.</summary>
internal sealed record BeginVisit : VisitMessage, IQuestion<VisitMessage, VisitBegun>;

/// <summary>Whether a visit began.</summary>
/// <param name="Refusal">Why it did not; null where it did.</param>
public sealed record VisitBegun(VisitRefusal? Refusal);

/// <summary>End the visit.</summary>
/// <param name="By">Account that ends it.</param>
/// <param name="Insists">
/// The visit may not go on: its pictures end at once, and its end is written again until it is on record. Otherwise a
/// visit whose end cannot be written goes on, and the asker is told.
/// </param>
public sealed record EndVisit(string By, bool Insists) : VisitMessage, IQuestion<VisitMessage, VisitEnded>;

/// <summary>A visit has ended, and that is on record.</summary>
public sealed record VisitEnded
{
    /// <summary>All ends are alike.</summary>
    public static VisitEnded Instance { get; } = new();
}

/// <summary>Show the room to the visitor.</summary>
/// <param name="Offer">The browser's SDP offer.</param>
/// <param name="LoginId">The session that the visitor is signed in with.</param>
public sealed record ShowRoom(string Offer, string LoginId) : VisitMessage, IQuestion<VisitMessage, RoomShown>;

/// <summary>The answer to <see cref="ShowRoom"/>. Where the media server refuses the offer, its exception is thrown at the asker.</summary>
/// <param name="Answer">The media session; null where the visit or the login has ended.</param>
public sealed record RoomShown(SessionAnswer? Answer);

/// <summary>End one of the visit's media sessions.</summary>
/// <param name="SessionId">Which.</param>
public sealed record HideRoom(string SessionId) : VisitMessage, IQuestion<VisitMessage, RoomHidden>;

/// <summary>The session has ended.</summary>
public sealed record RoomHidden;

/// <summary>Record the room until the visit ends.</summary>
/// <param name="Record">The recording, as it is put on record.</param>
public sealed record RecordRoom(Recording Record) : VisitMessage, IQuestion<VisitMessage, RecordingBegun>;

/// <summary>Somebody's login has ended: the media sessions that were opened with it end.</summary>
/// <param name="LoginId">The login.</param>
public sealed record LoginCut(string LoginId) : VisitMessage;

/// <summary>A page shows the visit, or no longer does.</summary>
/// <param name="ConnectionId">The page's connection.</param>
/// <param name="IsThere">Whether it is there.</param>
public sealed record PageSeen(string ConnectionId, bool IsThere) : VisitMessage;

/// <summary>The media server has ended a session of this room, which may be another visit's.</summary>
internal sealed record PictureGone(string SessionId) : VisitMessage;

/// <summary>What became of the writing of the visit's beginning.</summary>
internal sealed record BeginningWritten(Exception? Failure) : VisitMessage, IToSelf;

/// <summary>What became of the writing of the visit's end.</summary>
internal sealed record EndWritten(Exception? Failure) : VisitMessage, IToSelf;

/// <summary>Neither page nor picture has been there for too long.</summary>
internal sealed record VisitAbandoned : VisitMessage;

/// <summary>Write the end again.</summary>
internal sealed record EndAgain : VisitMessage;
