using Xunke.Streaming.Transport.Network;

namespace Xunke.Streaming.Sdp;

/// <summary>
/// The SDP fragment of a trickle or an ICE restart (RFC 8840 9, RFC 9725 4.3), reduced to the credentials that it
/// speaks for. Its candidates are passed over, mDNS names among them: a lite agent sends no checks, and learns the
/// peer's addresses from those that it answers (RFC 8445 2.5).
/// </summary>
/// <param name="UserFragment">The peer's ICE user fragment.</param>
/// <param name="Password">The peer's ICE password.</param>
internal sealed record IceFragment(string UserFragment, string Password)
{
    private const int MaxLines = 500;

    /// <summary>The m= line that the peer's candidates belong to, as written; null when there is none.</summary>
    public string? Section { get; private init; }

    /// <summary>That section's identification (RFC 5888), or null.</summary>
    public string? Mid { get; private init; }

    /// <summary>Reads a fragment.</summary>
    /// <exception cref="SdpException">The text is malformed, too long, or lacks the credentials.</exception>
    public static IceFragment Parse(string text)
    {
        if (text.Length > SdpParser.MaxLength)
        {
            throw new SdpException($"The SDP fragment is longer than {SdpParser.MaxLength} characters.");
        }

        string? userFragment = null, password = null, section = null, mid = null;
        var lines = 0;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.Trim();
            if (line.IsEmpty)
            {
                continue;
            }

            if (++lines > MaxLines || line.Length < 2 || line[1] != '=' || !char.IsAsciiLetterLower(line[0]))
            {
                throw new SdpException($"Line {lines} of the SDP fragment is not of the form type=value, or one too many.");
            }

            // All sections share one transport, so whichever speaks first speaks for it, and none may contradict it.
            section ??= Value(line, "m=");
            mid ??= Value(line, "a=mid:");
            userFragment = Once(userFragment, line, "ice-ufrag");
            password = Once(password, line, "ice-pwd");
        }

        return new IceFragment(SdpText.UserFragment(userFragment), SdpText.Password(password)) { Section = section, Mid = mid };
    }

    /// <summary>Writes what answers a fragment that restarted ICE: the edge's new credentials and its candidates.</summary>
    public string Answer(Transport.Ice.IceCredentials local, HostCandidates candidates)
    {
        IEnumerable<string> section = Section is null ? [] : Mid is null ? [$"m={Section}"] : [$"m={Section}", $"a=mid:{Mid}"];
        return string.Concat(
            ((string[])["a=ice-lite", .. section, $"a=ice-ufrag:{local.Ufrag}", $"a=ice-pwd:{local.Password}", .. candidates.Lines()])
            .Select(line => line + "\r\n"));
    }

    /// <summary>Hides the password.</summary>
    public override string ToString() => $"{nameof(IceFragment)} {{ UserFragment = {UserFragment} }}";

    private static string? Once(string? known, ReadOnlySpan<char> line, string attribute) =>
        Value(line, $"a={attribute}:") is { } value ? SdpText.Once(known, value, attribute) : known;

    private static string? Value(ReadOnlySpan<char> line, string prefix) =>
        line.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? line[prefix.Length..].Trim().ToString() : null;
}
