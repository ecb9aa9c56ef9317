namespace Xunke.Streaming.Sdp;

/// <summary>The peer and the edge, or the viewer and the publisher, have no codec in common.</summary>
public sealed class UnsupportedMediaException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="kind">The kind of media that cannot be agreed on.</param>
    /// <param name="offered">The codecs that the peer offered for it, by their SDP names.</param>
    public UnsupportedMediaException(MediaKind kind, IReadOnlyList<string> offered, string wanted)
        : base($"No {(kind == MediaKind.Video ? "video" : "audio")} codec in common: offered {(offered.Count == 0 ? "none" : string.Join(", ", offered))}, needed {wanted}.")
    {
        Kind = kind;
        Offered = offered;
    }

    /// <summary>The kind of media that cannot be agreed on.</summary>
    public MediaKind Kind { get; }

    /// <summary>The codecs that the peer offered, by their SDP names, such as <c>H265</c>.</summary>
    public IReadOnlyList<string> Offered { get; }
}
