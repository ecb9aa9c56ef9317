namespace Xunke.Streaming;

/// <summary>Why a media session ended.</summary>
public enum GoneReason
{
    /// <summary>The peer, or somebody on its behalf, asked for the end (HTTP DELETE, DTLS close_notify, RTCP BYE).</summary>
    Closed,

    /// <summary>Nothing authenticated came from the peer for the vanish time-out (RFC 7675 consent).</summary>
    Vanished,

    /// <summary>The connection was never made within the handshake time-out.</summary>
    NeverConnected,

    /// <summary>The DTLS handshake failed, or the certificate did not match the fingerprint in the SDP (RFC 8122).</summary>
    HandshakeFailed,

    /// <summary>A newer publisher took the room, or a newer session its visit.</summary>
    Replaced,

    /// <summary>The room's new publisher sends a codec that this viewer did not negotiate; it must ask again.</summary>
    MediaChanged,

    /// <summary>The room had no publisher for longer than viewers may wait.</summary>
    NoPublisher,

    ServerStopped,
}
