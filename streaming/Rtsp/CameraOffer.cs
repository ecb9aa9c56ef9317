using System.Globalization;

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

    // RFC 3551 6: payload types that need no rtpmap.
    private static readonly Dictionary<int, string> StaticNames = new()
    {
        [0] = "PCMU", [8] = "PCMA", [9] = "G722", [10] = "L16", [11] = "L16", [14] = "MPA",
        [26] = "JPEG", [31] = "H261", [32] = "MPV", [33] = "MP2T", [34] = "H263",
    };

    /// <summary>Chooses the streams.</summary>
    /// <param name="sdp">The answer to DESCRIBE.</param>
    /// <param name="withAudio">Whether audio is wanted.</param>
    /// <exception cref="CameraException">There is no video, or none in H.264.</exception>
    public static CameraOffer From(string sdp, bool withAudio)
    {
        var parts = Sections(sdp);
        var video = parts.Skip(1).Where(section => section.Kind == "video").ToList();
        if (video.Find(section => section.Codec.Equals(H264, StringComparison.OrdinalIgnoreCase)) is not { } shown)
        {
            throw video.Count == 0
                ? new CameraException(CameraFaults.NoVideo)
                : new CameraException(CameraFaults.UnsupportedCodec, video[0].Codec.Length > LongestName ? null : video[0].Codec);
        }

        var heard = withAudio ? parts.Find(section => section.Kind == "audio" && section.ComesFromCamera && Audible.Contains(section.Codec)) : null;
        return new CameraOffer(parts[0].Text + shown.Text + heard?.Text, heard is not null);
    }

    // The first part is the session's own lines.
    private static List<Section> Sections(string sdp)
    {
        var parts = new List<Section> { new() };
        foreach (var line in sdp.EnumerateLines())
        {
            if (line.StartsWith("m=", StringComparison.Ordinal))
            {
                parts.Add(new Section());
            }

            parts[^1].Add(line);
        }

        return parts;
    }

    private sealed class Section
    {
        private readonly System.Text.StringBuilder _text = new();
        private int _payloadType = -1;

        public string Text => _text.ToString();

        public string Kind { get; private set; } = "";

        /// <summary>The encoding name of the first format; a name made of the payload type when it has none.</summary>
        public string Codec { get; private set; } = "";

        /// <summary>False for the way back, on which a camera would play what it is sent.</summary>
        public bool ComesFromCamera { get; private set; } = true;

        public void Add(ReadOnlySpan<char> line)
        {
            line = line.TrimEnd();
            if (line.IsEmpty)
            {
                return;
            }

            _text.Append(line).Append("\r\n");
            if (line.StartsWith("m=", StringComparison.Ordinal))
            {
                // m=<media> <port> <proto> <fmt> ... (RFC 8866 5.14)
                var words = line[2..].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
                Kind = words.FirstOrDefault("");
                if (words.Length > 3 && int.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out var type))
                {
                    _payloadType = type;
                    Codec = StaticNames.GetValueOrDefault(_payloadType, $"payload type {_payloadType}");
                }
            }
            else if (line.StartsWith($"a=rtpmap:{_payloadType} ", StringComparison.OrdinalIgnoreCase))
            {
                // a=rtpmap:<payload type> <encoding name>/<clock rate>... (RFC 8866 6.6)
                var map = line[(line.IndexOf(' ') + 1)..].Trim();
                var slash = map.IndexOf('/');
                Codec = new string(slash < 0 ? map : map[..slash]);
            }
            else if (line is "a=sendonly")
            {
                // Seen from the camera's client: ONVIF's audio backchannel is marked so.
                ComesFromCamera = false;
            }
        }
    }
}
