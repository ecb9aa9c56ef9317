namespace Xunke.Streaming.Transport.Srtp;

/// <summary>The master keys and salts of both directions, as a DTLS handshake exports them (RFC 5764 section 4.2).</summary>
/// <param name="Profile">What they are for.</param>
/// <param name="LocalKey">16 bytes that protect what this side sends.</param>
/// <param name="LocalSalt">14 bytes, or 12 for GCM.</param>
/// <param name="RemoteKey">16 bytes that protect what the peer sends.</param>
/// <param name="RemoteSalt">14 bytes, or 12 for GCM.</param>
public sealed record SrtpKeyingMaterial(SrtpProfile Profile, byte[] LocalKey, byte[] LocalSalt, byte[] RemoteKey, byte[] RemoteSalt)
{
    /// <summary>Length of a master key in bytes, the same for each profile.</summary>
    public const int KeyLength = 16;

    /// <summary>Length of a master salt in bytes.</summary>
    public static int SaltLength(SrtpProfile profile) => profile == SrtpProfile.AeadAes128Gcm ? 12 : 14;

    /// <summary>Names the profile only: keys must not reach a log.</summary>
    public override string ToString() => $"SRTP keys for {Profile}";
}
