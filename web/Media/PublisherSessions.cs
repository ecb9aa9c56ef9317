using System.Collections.Concurrent;
using Xunke.Streaming;
using Xunke.Streaming.Edge;

namespace Xunke.Web.Media;

/// <summary>
/// The publishers that came in through this server by WHIP: they belong to their room's key. The media server says when
/// one ends, so that none is kept longer than its peer.
/// </summary>
internal sealed class PublisherSessions : IMediaObserver
{
    private readonly ConcurrentDictionary<string, string> _rooms = new(StringComparer.Ordinal);

    /// <summary>Remembers a session.</summary>
    public void Add(string sessionId, string roomId) => _rooms[sessionId] = roomId;

    /// <summary>Forgets a session at once; the media server's own word comes a moment later.</summary>
    public void Remove(string sessionId) => _rooms.TryRemove(sessionId, out _);

    /// <summary>Whether this is a publisher's session of this room.</summary>
    public bool Has(string roomId, string sessionId) => _rooms.GetValueOrDefault(sessionId) == roomId;

    /// <summary>Ends the publishers of a room: one, or for a moment two.</summary>
    public void End(string roomId, MediaServer media)
    {
        foreach ((string sessionId, _) in _rooms.Where(session => session.Value == roomId))
        {
            Remove(sessionId);
            media.Close(sessionId);
        }
    }

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
        // Viewers belong to visits.
    }

    /// <inheritdoc />
    public void ViewerGone(string roomId, string sessionId, GoneReason reason)
    {
        // As above.
    }
}
