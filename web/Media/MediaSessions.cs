using System.Collections.Concurrent;
using Xunke.Streaming;
using Xunke.Streaming.Edge;

namespace Xunke.Web.Media;

/// <summary>Who a media session belongs to. Every session belongs to a key or to a visit.</summary>
/// <param name="SessionId">The media server's name for it.</param>
/// <param name="RoomId">The room.</param>
/// <param name="VisitId">A viewer's visit; null for a publisher, who belongs to the room's key.</param>
/// <param name="LoginId">The session that a viewer is signed in with; null for a publisher.</param>
internal sealed record MediaSession(string SessionId, string RoomId, Guid? VisitId, string? LoginId = null);

/// <summary>
/// The media sessions that came in through this server. The media server says when one ends, so that none is kept
/// longer than its peer.
/// </summary>
internal sealed class MediaSessions : IMediaObserver
{
    private readonly ConcurrentDictionary<string, MediaSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public int Count => _sessions.Count;

    /// <summary>Remembers a session.</summary>
    public void Add(MediaSession session) => _sessions[session.SessionId] = session;

    /// <summary>Forgets a session at once; the media server's own word comes a moment later.</summary>
    public void Remove(string sessionId) => _sessions.TryRemove(sessionId, out _);

    /// <summary>A publisher's session of this room, or null.</summary>
    public MediaSession? FindPublisher(string roomId, string sessionId) =>
        Find(roomId, sessionId) is { VisitId: null } session ? session : null;

    /// <summary>A viewer's session of this room, or null.</summary>
    public MediaSession? FindViewer(string roomId, string sessionId) =>
        Find(roomId, sessionId) is { VisitId: not null } session ? session : null;

    /// <summary>The publishers of a room: one, or for a moment two.</summary>
    public IReadOnlyList<MediaSession> Publishers(string roomId) =>
        [.. _sessions.Values.Where(session => session.VisitId is null && session.RoomId == roomId)];

    /// <summary>Ends the publishers of a room that came by WHIP.</summary>
    public void EndPublishers(string roomId, MediaServer media)
    {
        foreach (MediaSession publisher in Publishers(roomId))
        {
            Remove(publisher.SessionId);
            media.Close(publisher.SessionId);
        }
    }

    /// <summary>The viewers that belong to a visit.</summary>
    public IReadOnlyList<MediaSession> Viewers(Guid visitId) =>
        [.. _sessions.Values.Where(session => session.VisitId == visitId)];

    /// <summary>The viewers that somebody opened while signed in with this session.</summary>
    public IReadOnlyList<MediaSession> ViewersOf(string loginId) =>
        [.. _sessions.Values.Where(session => session.LoginId == loginId)];

    /// <summary>The visits that have a viewer.</summary>
    public HashSet<Guid> VisitsWithViewers() => [.. _sessions.Values.Select(session => session.VisitId).OfType<Guid>()];

    /// <inheritdoc />
    public void PublisherConnected(string roomId, string sessionId, MediaDescription media)
    {
        // It is here since its offer was answered.
    }

    /// <inheritdoc />
    public void PublisherGone(string roomId, string sessionId, GoneReason reason) => Remove(sessionId);

    /// <inheritdoc />
    public void ViewerConnected(string roomId, string sessionId)
    {
        // It is here since its offer was answered.
    }

    /// <inheritdoc />
    public void ViewerGone(string roomId, string sessionId, GoneReason reason) => Remove(sessionId);

    private MediaSession? Find(string roomId, string sessionId) =>
        _sessions.TryGetValue(sessionId, out MediaSession? session) && session.RoomId == roomId ? session : null;
}
