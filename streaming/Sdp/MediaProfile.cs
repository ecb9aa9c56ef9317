using System.Text.RegularExpressions;

namespace Xunke.Streaming.Sdp;

/// <summary>
/// The transport profiles that an m= line may name (RFC 8829 5.1.2). All of them mean DTLS-SRTP where there is a
/// fingerprint, whatever the profile is called.
/// </summary>
internal static partial class MediaProfile
{
    /// <summary>Whether a profile is one of RTP; profiles compare without case.</summary>
    public static bool IsRtp(string protocol) => Names().IsMatch(protocol);

    [GeneratedRegex("^((UDP|TCP)/D?TLS/)?RTP/S?AVPF?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
