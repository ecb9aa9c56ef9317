using System.Collections.Immutable;

namespace Xunke.Streaming.Sdp;

/// <summary>A parsed session description (RFC 8866), reduced to what a WebRTC offer says.</summary>
internal sealed record SessionDescription
{
    public required ImmutableArray<MediaSection> Media { get; init; }

    /// <summary>The identifications in the BUNDLE group (RFC 8843), in their order; empty when there is none.</summary>
    public ImmutableArray<string> Bundle { get; init; } = [];

    public string? UserFragment { get; init; }

    public string? Password { get; init; }

    public string? Fingerprint { get; init; }

    public string? Setup { get; init; }

    /// <summary>The direction of sections that name none.</summary>
    public MediaDirection Direction { get; init; }

    /// <summary>Whether one-byte and two-byte header extensions may be mixed (RFC 8285 6).</summary>
    public bool ExtensionsMayMix { get; init; }

    /// <summary>The sections that share one transport with a section, the one that speaks for it first; none without BUNDLE.</summary>
    public IEnumerable<MediaSection> BundledWith(MediaSection section)
    {
        if (section.Mid is null || !Bundle.Contains(section.Mid))
        {
            return [];
        }

        // RFC 8843 7.2.1: sections without a port of their own speak for no transport.
        return Bundle.Select(mid => Media.FirstOrDefault(other => other.Mid == mid)).OfType<MediaSection>()
            .Where(other => other.IsActive).OrderBy(other => other.Port == 0);
    }

    /// <summary>The fingerprint that holds for a section: its own, the session's, or one of its bundle.</summary>
    public string? FingerprintOf(MediaSection section) => Of(section, Fingerprint, static one => one.Fingerprint);

    /// <summary>The ICE user fragment that holds for a section.</summary>
    public string? UserFragmentOf(MediaSection section) => Of(section, UserFragment, static one => one.UserFragment);

    /// <summary>The ICE password that holds for a section.</summary>
    public string? PasswordOf(MediaSection section) => Of(section, Password, static one => one.Password);

    /// <summary>The DTLS role that holds for a section.</summary>
    public string? SetupOf(MediaSection section) => Of(section, Setup, static one => one.Setup);

    /// <summary>Parses an SDP text.</summary>
    /// <exception cref="SdpException">The text is malformed or larger than the parser's limits.</exception>
    public static SessionDescription Parse(string sdp) => new SdpParser().Parse(sdp);

    private string? Of(MediaSection section, string? session, Func<MediaSection, string?> own) =>
        own(section) ?? session ?? BundledWith(section).Select(own).FirstOrDefault(value => value is not null);
}
