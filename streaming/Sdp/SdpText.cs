using System.Globalization;

namespace Xunke.Streaming.Sdp;

/// <summary>Pieces of SDP lines that session and media level share.</summary>
internal static class SdpText
{
    // A peer may list several hash functions for one certificate (RFC 8122 5): SHA-256 is the one this edge checks.
    public static string PreferredFingerprint(string? known, ReadOnlySpan<char> value)
    {
        var space = value.IndexOf(' ');
        if (space < 0)
        {
            throw new SdpException("A fingerprint line lacks its hash function.");
        }

        var function = value[..space].ToString().ToLowerInvariant();
        return known is not null && function != "sha-256" ? known : $"{function} {value[(space + 1)..].Trim().ToString().ToUpperInvariant()}";
    }

    public static int Number(ReadOnlySpan<char> text, int maximum, string what) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= maximum
            ? number
            : throw new SdpException($"The SDP has an invalid {what}.");

    /// <summary>Checks an ICE user fragment (RFC 8839 5.4).</summary>
    public static string UserFragment(string? value) => Credential(value, 4, "user fragment (a=ice-ufrag)");

    /// <summary>Checks an ICE password.</summary>
    public static string Password(string? value) => Credential(value, 22, "password (a=ice-pwd)");

    private static string Credential(string? value, int minimum, string what) => value switch
    {
        null => throw new SdpException($"The SDP has no ICE {what}."),
        _ when value.Length < minimum || value.Length > 256 => throw new SdpException($"The SDP's ICE {what} is not {minimum} to 256 characters long."),
        _ => value,
    };
}
