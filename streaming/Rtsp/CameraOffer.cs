namespace Xunke.Streaming.Rtsp;

/// <summary>What of a camera's session description is played: one H.264 stream, and one audio stream that FFmpeg can decode.</summary>
/// <param name="Sdp">The description reduced to these streams.</param>
/// <param name="HasAudio">Whether there is such an audio stream.</param>
internal sealed record CameraOffer(string Sdp, bool HasAudio)
{
    private const string H264 = "H264";
    private const int LongestName = 40;

    // What FFmpeg's RTP depacketisers know of what cameras send, by encoding name (RFC 3551, RFC 3640, RFC 6416, RFC 7587).
    private static readonly HashSet<string> Audible = new(StringComparer.OrdinalIgnoreCase)
    {
        "PCMU", "PCMA", "G722", "L16", "MPA", "MPEG4-GENERIC", "MP4A-LATM", "opus", "G726-16", "G726-24", "G726-32", "G726-40",
    };

    /// <summary>Chooses the streams.</summary>
    /// <exception cref="CameraException">There is no video, or none in H.264.</exception>
    public static CameraOffer From(string sdp, bool withAudio)
    {
        var parts = CameraMedia.Parse(sdp);
        var video = parts.Skip(1).Where(media => media.Kind == "video").ToList();
        if (video.Find(media => media.TryChoose(H264)) is not { } shown)
        {
            throw video.Count == 0
                ? new CameraException(CameraFaults.NoVideo)
                : new CameraException(CameraFaults.UnsupportedCodec, video[0].Codec.Length > LongestName ? null : video[0].Codec);
        }

        var heard = withAudio
            ? parts.Find(media => media.Kind == "audio" && media.ComesFromCamera && media.TellsDecoder && Audible.Contains(media.Codec))
            : null;
        return new CameraOffer(parts[0].Text + shown.Text + heard?.Text, heard is not null);
    }

    /// <summary>How the streams' times run, in the order in which FFmpeg sets them up.</summary>
    public IReadOnlyList<StreamClock> Clocks() => [.. CameraMedia.Parse(Sdp).Skip(1).Select(media => media.Clock)];

    /// <summary>Whether the description tells the size of the picture, so that FFmpeg need not wait for a key frame to find out.</summary>
    public bool TellsPicture() => CameraMedia.Parse(Sdp).Exists(media => media.TellsPicture);
}
