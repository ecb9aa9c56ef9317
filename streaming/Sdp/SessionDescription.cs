using System.Collections.Immutable;

namespace Xunke.Streaming.Sdp;

/// <summary>A parsed session description (RFC 8866), reduced to what a WebRTC offer says.</summary>
internal sealed record SessionDescription
{
    /// <summary>The media sections in their order.</summary>
    public required ImmutableArray<MediaSection> Media { get; init; }

    /// <summary>The identifications in the BUNDLE group (RFC 8843), in their order; empty when there is none.</summary>
    public ImmutableArray<string> Bundle { get; init; } = [];

    public string? UserFragment { get; init; }

    public string? Password { get; init; }

    public string? Fingerprint { get; init; }

    public string? Setup { get; init; }

    /// <summary>Whether one-byte and two-byte header extensions may be mixed (RFC 8285 6).</summary>
    public bool ExtensionsMayMix { get; init; }

    /// <summary>Parses an SDP text.</summary>
    /// <exception cref="SdpException">The text is malformed or larger than the parser's limits.</exception>
    public static SessionDescription Parse(string sdp) => new SdpParser().Parse(sdp);
}
