using System.Collections.Immutable;

namespace Xunke.Streaming.Sdp;

/// <summary>One m= section of a session description.</summary>
internal sealed record MediaSection
{
    /// <summary>The media type as written: <c>audio</c>, <c>video</c>, <c>application</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The port; 0 marks a section that is rejected, or bundle-only (RFC 8843 6).</summary>
    public required int Port { get; init; }

    /// <summary>The transport protocol, such as <c>UDP/TLS/RTP/SAVPF</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>The format list as written: payload types for RTP.</summary>
    public required ImmutableArray<string> Formats { get; init; }

    /// <summary>The section's identification (RFC 5888), or null.</summary>
    public string? Mid { get; init; }

    public MediaDirection Direction { get; init; }

    /// <summary>The codecs in the order of the format list; payload types without an rtpmap are left out.</summary>
    public ImmutableArray<RtpCodec> Codecs { get; init; } = [];

    public ImmutableArray<ExtensionMapping> Extensions { get; init; } = [];

    /// <summary>
    /// The restriction identifiers of the simulcast layers that the section sends, in the offer's order (RFC 8853 5.1);
    /// empty without simulcast.
    /// </summary>
    public ImmutableArray<string> SentLayers { get; init; } = [];

    /// <summary>The sources that the section names (a=ssrc, RFC 5576), each once.</summary>
    public ImmutableArray<uint> Sources { get; init; } = [];

    public bool BundleOnly { get; init; }

    public bool RtcpMux { get; init; }

    /// <summary>Whether RTCP may be sent in reduced size (RFC 5506).</summary>
    public bool RtcpReducedSize { get; init; }

    public string? UserFragment { get; init; }

    public string? Password { get; init; }

    public string? Fingerprint { get; init; }

    /// <summary>The DTLS role offered (RFC 8842): <c>actpass</c>, <c>active</c> or <c>passive</c>; null when not written.</summary>
    public string? Setup { get; init; }

    /// <summary>Whether the section takes part: it has a port, or borrows the bundle's.</summary>
    public bool IsActive => Port != 0 || BundleOnly;

    /// <summary>The identifier that the section gives a header extension; 0 when it does not offer it.</summary>
    public int Extension(string uri) => Extensions.FirstOrDefault(extension => extension.Uri == uri)?.Id ?? 0;

    public bool IsOf(MediaKind kind) => Kind.Equals(kind == MediaKind.Video ? "video" : "audio", StringComparison.OrdinalIgnoreCase);
}
