using System.Globalization;
using Xunke.Streaming.Codecs;

namespace Xunke.Streaming.Rtsp;

/// <summary>One stream of a camera's session description (RFC 8866 5.14), or the lines of the session that come before the first.</summary>
internal sealed class CameraMedia
{
    private const string ParameterSets = "sprop-parameter-sets=";

    // RFC 3551 6: payload types that need no rtpmap.
    private static readonly Dictionary<int, string> StaticNames = new()
    {
        [0] = "PCMU",
        [8] = "PCMA",
        [9] = "G722",
        [10] = "L16",
        [11] = "L16",
        [14] = "MPA",
        [26] = "JPEG",
        [31] = "H261",
        [32] = "MPV",
        [33] = "MP2T",
        [34] = "H263",
    };

    private readonly List<string> _lines = [];
    private readonly List<int> _formats = [];
    private readonly Dictionary<int, string> _maps = [];
    private int _chosen;

    private CameraMedia()
    {
    }

    /// <summary>Its lines, those of formats that were not chosen left out.</summary>
    public string Text => string.Concat(_lines.Where(Belongs).Select(line => Choose(line) + "\r\n"));

    /// <summary>Such as video; empty for the session.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>The encoding name of the chosen format; a name made of the payload type when it has none.</summary>
    public string Codec => Name(_chosen);

    /// <summary>False for the way back, on which a camera would play what it is sent.</summary>
    public bool ComesFromCamera { get; private set; } = true;

    /// <summary>How its times run.</summary>
    public StreamClock Clock => new(
        Kind == "video" ? 90_000 : Rate,
        Kind == "video",
        Codec.StartsWith("MPEG4-", StringComparison.OrdinalIgnoreCase) || Codec.StartsWith("MP4A-", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a sequence parameter set of H.264 stands in it.</summary>
    public bool TellsPicture => _lines.Exists(line => Belongs(line) && HoldsSequence(line));

    /// <summary>Whether a decoder is told what it cannot do without: AAC has its configuration here alone (RFC 3640 4.1).</summary>
    public bool TellsDecoder => !Codec.Equals("MPEG4-GENERIC", StringComparison.OrdinalIgnoreCase)
        || _lines.Exists(line => IsOfFormat(line, "a=fmtp:", out var payload, out var rest)
            && payload == Payload && rest.Contains("config=", StringComparison.OrdinalIgnoreCase));

    private int Payload => _chosen < _formats.Count ? _formats[_chosen] : -1;

    // RFC 3551 4.5.2: G.722 counts 8,000 for its 16,000.
    private int Rate
    {
        get
        {
            var words = _maps.GetValueOrDefault(Payload, "").Split('/');
            return words.Length > 1 && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var rate)
                && rate is > 0 and <= 192_000
                ? rate
                : Payload switch { 10 or 11 => 44_100, 14 => 90_000, _ => 8000 };
        }
    }

    /// <summary>Reads a description. The first part is the session's own lines.</summary>
    /// <param name="sdp">One byte in each character: not every one of Unicode's ends of lines is one here.</param>
    public static List<CameraMedia> Parse(string sdp)
    {
        var parts = new List<CameraMedia> { new() };
        var end = sdp.IndexOf('\0', StringComparison.Ordinal);
        foreach (var raw in (end < 0 ? sdp : sdp[..end]).Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var line = raw.Trim(' ', '\t');
            if (line.StartsWith("m=", StringComparison.Ordinal))
            {
                parts.Add(new CameraMedia());
            }

            if (line.Length > 0)
            {
                parts[^1].Add(line);
            }
        }

        return parts;
    }

    /// <summary>Chooses the format of an encoding name among those that the stream may have.</summary>
    /// <returns>False when it is none of them.</returns>
    public bool TryChoose(string codec)
    {
        var index = Enumerable.Range(0, _formats.Count)
            .FirstOrDefault(one => Name(one).Equals(codec, StringComparison.OrdinalIgnoreCase), -1);
        _chosen = Math.Max(index, 0);
        return index >= 0;
    }

    private void Add(string line)
    {
        _lines.Add(line);
        if (line.StartsWith("m=", StringComparison.Ordinal))
        {
            // m=<media> <port> <proto> <fmt> ... (RFC 8866 5.14)
            var words = line[2..].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            Kind = words.FirstOrDefault("");
            foreach (var word in words.Skip(3))
            {
                _formats.Add(int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var payload) ? payload : -1);
            }
        }
        else if (IsOfFormat(line, "a=rtpmap:", out var mapped, out var map))
        {
            // a=rtpmap:<payload type> <encoding name>/<clock rate>... (RFC 8866 6.6)
            _maps[mapped] = map;
        }
        else if (line is "a=sendonly")
        {
            // Seen from the camera's client: ONVIF's audio backchannel is marked so.
            ComesFromCamera = false;
        }
    }

    private string Name(int index) => index >= _formats.Count || _formats[index] < 0
        ? ""
        : _maps.TryGetValue(_formats[index], out var map)
            ? map.Split('/')[0].Trim()
            : StaticNames.GetValueOrDefault(_formats[index], $"payload type {_formats[index]}");

    // FFmpeg takes the last format that is described for the one that comes.
    private bool Belongs(string line) =>
        _formats.Count < 2
        || ((!IsOfFormat(line, "a=rtpmap:", out var payload, out _) && !IsOfFormat(line, "a=fmtp:", out payload, out _))
            || payload == Payload);

    private string Choose(string line)
    {
        if (_formats.Count < 2 || !line.StartsWith("m=", StringComparison.Ordinal))
        {
            return line;
        }

        var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', words[..3])} {Payload}");
    }

    private static bool IsOfFormat(string line, string name, out int payload, out string rest)
    {
        (payload, rest) = (-1, "");
        if (!line.StartsWith(name, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var text = line[name.Length..].TrimStart(' ', '\t');
        var blank = text.IndexOfAny([' ', '\t']);
        rest = blank < 0 ? "" : text[blank..].Trim(' ', '\t');
        return int.TryParse(blank < 0 ? text : text[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out payload);
    }

    private static bool HoldsSequence(string line)
    {
        var at = line.IndexOf(ParameterSets, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return false;
        }

        var sets = line[(at + ParameterSets.Length)..].Split(';')[0];
        return sets.Split(',').Any(set =>
        {
            var nal = new byte[set.Length];
            return Convert.TryFromBase64String(set.Trim(), nal, out var length)
                && length > 0
                && H264Nal.TypeOf(nal[0]) == H264Nal.SequenceParameterSet
                && H264SequenceParameters.TryRead(nal.AsSpan(0, length), out _);
        });
    }
}
