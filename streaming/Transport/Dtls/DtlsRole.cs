namespace Xunke.Streaming.Transport.Dtls;

/// <summary>Which side of the handshake this end plays (the SDP <c>setup</c> attribute, RFC 5763 section 5).</summary>
public enum DtlsRole
{
    /// <summary>Waits for the ClientHello: <c>setup:passive</c>.</summary>
    Server,

    /// <summary>Sends the ClientHello: <c>setup:active</c>.</summary>
    Client,
}
