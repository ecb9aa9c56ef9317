using Xunke.Streaming.Transport.Dtls;

namespace Xunke.Streaming.Transport;

/// <summary>How a peer can be reached and recognised: its ICE credentials (RFC 8839), DTLS fingerprint (RFC 8122) and DTLS role (RFC
/// 8842).</summary>
/// <param name="UserFragment">The ICE user fragment, 4..256 characters.</param>
/// <param name="Password">The ICE password, 22..256 characters.</param>
/// <param name="Fingerprint">Hash function and bytes, such as <c>sha-256 AA:BB</c>, the bytes in capitals.</param>
/// <param name="Role">The side of the DTLS handshake that it plays.</param>
internal sealed record TransportParameters(string UserFragment, string Password, string Fingerprint, DtlsRole Role)
{
    /// <summary>Hides the password.</summary>
    public override string ToString() => $"{nameof(TransportParameters)} {{ UserFragment = {UserFragment} }}";
}
