namespace Xunke.Streaming.Transport.Dtls;

/// <summary>Where a <see cref="DtlsTransport"/> stands.</summary>
public enum DtlsState
{
    /// <summary>Not started.</summary>
    New,

    /// <summary>Flights are being exchanged.</summary>
    Handshaking,

    /// <summary>The handshake is complete; keys and the remote fingerprint are there.</summary>
    Connected,

    /// <summary>Closed in order, by either side.</summary>
    Closed,

    /// <summary>The handshake could not be completed, or the remote side sent a fatal alert.</summary>
    Failed,
}
