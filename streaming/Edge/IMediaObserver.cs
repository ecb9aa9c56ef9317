namespace Xunke.Streaming.Edge;

/// <summary>
/// Hears of sessions that come and go. Calls arrive one at a time, in the order of the events, on a thread of the
/// media server's timer and outside its locks. An implementation must return quickly: it delays all that follow.
/// </summary>
public interface IMediaObserver
{
    /// <summary>A publisher finished its handshake; its packets may follow at once.</summary>
    void PublisherConnected(string roomId, string sessionId, MediaDescription media);

    /// <summary>A publisher's session ended, whether it had connected or not.</summary>
    /// <param name="reason">Why it ended. After <see cref="GoneReason.Replaced"/> the newer publisher's events follow.</param>
    void PublisherGone(string roomId, string sessionId, GoneReason reason);

    /// <summary>A viewer finished its handshake.</summary>
    void ViewerConnected(string roomId, string sessionId);

    /// <summary>A viewer's session ended, whether it had connected or not.</summary>
    void ViewerGone(string roomId, string sessionId, GoneReason reason);
}
