using System.Globalization;

namespace Xunke.Streaming.Sdp;

/// <summary>Pieces of SDP lines that session and media level share.</summary>
internal static class SdpText
{
    private const string Sha256 = "sha-256 ";

    // A peer may list several hash functions for one certificate (RFC 8122 5): SHA-256 is the one this edge checks.
    public static string PreferredFingerprint(string? known, ReadOnlySpan<char> value)
    {
        var space = value.IndexOf(' ');
        if (space < 0)
        {
            throw new SdpException("A fingerprint line lacks its hash function.");
        }

        var function = value[..space].ToString().ToLowerInvariant();
        var fingerprint = $"{function} {value[(space + 1)..].Trim().ToString().ToUpperInvariant()}";
        if (known is null || !IsSha256(known))
        {
            return IsSha256(fingerprint) ? fingerprint : known ?? fingerprint;
        }

        return !IsSha256(fingerprint) || fingerprint == known
            ? known
            : throw new SdpException("The SDP names two SHA-256 fingerprints in one place, and there is one certificate.");
    }

    /// <summary>Whether a fingerprint is of the hash function that this edge checks.</summary>
    public static bool IsSha256(string fingerprint) => fingerprint.StartsWith(Sha256, StringComparison.Ordinal);

    /// <summary>Takes the value of a line that may come again, but not with another value.</summary>
    /// <exception cref="SdpException">It has another value.</exception>
    public static string Once(string? known, ReadOnlySpan<char> value, string attribute) =>
        known is null || value.SequenceEqual(known)
            ? value.ToString()
            : throw new SdpException($"The SDP has two different a={attribute} lines in one place.");

    /// <summary>An attribute's name in small letters; names longer than any known one are empty.</summary>
    public static ReadOnlySpan<char> Lower(ReadOnlySpan<char> name, Span<char> buffer) =>
        name.Length > buffer.Length ? default : buffer[..name.ToLowerInvariant(buffer)];

    /// <summary>Reads a direction attribute; null when it is another attribute.</summary>
    public static MediaDirection? Direction(ReadOnlySpan<char> name) => name switch
    {
        "sendrecv" => MediaDirection.SendReceive,
        "sendonly" => MediaDirection.SendOnly,
        "recvonly" => MediaDirection.ReceiveOnly,
        "inactive" => MediaDirection.Inactive,
        _ => null,
    };

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
        _ when value.Length < minimum || value.Length > 256 =>
            throw new SdpException($"The SDP's ICE {what} is not {minimum} to 256 characters long."),
        _ => value,
    };
}
