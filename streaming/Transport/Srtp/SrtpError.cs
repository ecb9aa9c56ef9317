namespace Xunke.Streaming.Transport.Srtp;

/// <summary>Why a packet was refused.</summary>
public enum SrtpError
{
    /// <summary>It was not refused.</summary>
    None,

    /// <summary>Too short, not version 2, or a header that runs over the packet's end.</summary>
    Malformed,

    /// <summary>The authentication tag does not match: tampered with, or protected with other keys.</summary>
    AuthenticationFailed,

    /// <summary>Seen before, or too old for the replay window (RFC 3711 section 3.3.2).</summary>
    Replayed,

    /// <summary>The packet's SSRC would be one more than the table holds.</summary>
    TooManyStreams,

    /// <summary>The keys have protected as many packets as they may (RFC 3711 section 9.2); a new session is needed.</summary>
    KeyExhausted,
}
