using System.Collections.Immutable;
using System.Globalization;

namespace Xunke.Streaming.Sdp;

/// <summary>Gathers the lines of one m= section.</summary>
internal sealed class MediaSectionBuilder
{
    private const int MaxFormats = 128;
    private const int MaxExtensions = 64;
    private const int MaxFeedback = 16;
    private const int MaxSources = 256;

    private readonly Dictionary<int, (string Name, int ClockRate, int Channels)> _maps = [];
    private readonly Dictionary<int, string> _parameters = [];
    private readonly Dictionary<int, List<string>> _feedback = [];
    private readonly List<string> _feedbackOfAll = [];
    private readonly List<ExtensionMapping> _extensions = [];
    private readonly SimulcastLines _simulcast = new();
    private readonly HashSet<uint> _sources = [];
    private MediaDirection? _direction;
    private MediaSection _section;

    private MediaSectionBuilder(MediaSection section) => _section = section;

    /// <summary>Begins with an m= line.</summary>
    /// <param name="direction">The session's direction, which holds where the section names none.</param>
    public static MediaSectionBuilder From(ReadOnlySpan<char> value, MediaDirection direction)
    {
        var parts = value.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 4)
        {
            throw new SdpException("A media line of the SDP lacks its type, port, protocol or formats.");
        }

        if (parts.Length - 3 > MaxFormats)
        {
            throw new SdpException($"A media section of the SDP has more than {MaxFormats} formats.");
        }

        // RFC 8866 5.14: the port may be followed by "/" and a number of ports.
        var port = parts[1].AsSpan();
        var slash = port.IndexOf('/');
        return new MediaSectionBuilder(new MediaSection
        {
            Kind = parts[0],
            Port = SdpText.Number(slash < 0 ? port : port[..slash], ushort.MaxValue, "port"),
            Protocol = parts[2],
            Formats = [.. parts.AsSpan(3)],
            Direction = direction,
        });
    }

    public void Attribute(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        switch (name)
        {
            case "mid":
                _section = _section with { Mid = SdpText.Once(_section.Mid, value, "mid") };
                break;
            case "bundle-only":
                _section = _section with { BundleOnly = true };
                break;
            case "rtcp-mux" or "rtcp-mux-only":
                _section = _section with { RtcpMux = true };
                break;
            case "rtcp-rsize":
                _section = _section with { RtcpReducedSize = true };
                break;
            case "ice-ufrag":
                _section = _section with { UserFragment = SdpText.Once(_section.UserFragment, value, "ice-ufrag") };
                break;
            case "ice-pwd":
                _section = _section with { Password = SdpText.Once(_section.Password, value, "ice-pwd") };
                break;
            case "fingerprint":
                _section = _section with { Fingerprint = SdpText.PreferredFingerprint(_section.Fingerprint, value) };
                break;
            case "setup":
                _section = _section with { Setup = SdpText.Once(_section.Setup, value.ToString().ToLowerInvariant(), "setup") };
                break;
            case "rtpmap":
                RtpMap(value);
                break;
            case "fmtp":
                FormatParameters(value);
                break;
            case "rtcp-fb":
                Feedback(value);
                break;
            case "extmap":
                Extension(value);
                break;
            case "ssrc":
                Source(value);
                break;
            case "rid":
                _simulcast.Restriction(value);
                break;
            case "simulcast":
                _simulcast.Streams(value);
                break;
            default:
                Direction(name);
                break;
        }
    }

    public MediaSection Build()
    {
        var codecs = ImmutableArray.CreateBuilder<RtpCodec>();
        foreach (var format in _section.Formats.Distinct(StringComparer.Ordinal))
        {
            if (int.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out var type) && _maps.TryGetValue(type, out var map))
            {
                codecs.Add(new RtpCodec(
                    type,
                    map.Name,
                    map.ClockRate,
                    map.Channels,
                    _parameters.GetValueOrDefault(type, string.Empty),
                    [.. _feedbackOfAll, .. _feedback.GetValueOrDefault(type, [])]));
            }
        }

        return _section with
        {
            Codecs = codecs.ToImmutable(),
            Extensions = [.. _extensions],
            SentLayers = _simulcast.Sent(),
            Sources = [.. _sources],
        };
    }

    private static int PayloadType(ref ReadOnlySpan<char> value)
    {
        var space = value.IndexOf(' ');
        var type = SdpText.Number(space < 0 ? value : value[..space], 127, "payload type");
        value = space < 0 ? default : value[(space + 1)..].Trim();
        return type;
    }

    private void RtpMap(ReadOnlySpan<char> value)
    {
        var type = PayloadType(ref value);
        var parts = value.ToString().Split('/');
        if (parts.Length is < 2 or > 3)
        {
            throw new SdpException("An rtpmap line of the SDP is not of the form name/rate.");
        }

        var map = (parts[0], SdpText.Number(parts[1], 1_000_000, "clock rate"),
            parts.Length == 3 ? SdpText.Number(parts[2], 255, "channel count") : 1);
        if (!_maps.TryAdd(type, map)
            && !(_maps[type].Name.Equals(parts[0], StringComparison.OrdinalIgnoreCase) && _maps[type].ClockRate == map.Item2))
        {
            throw new SdpException(
                $"Payload type {type} stands for both {_maps[type].Name}/{_maps[type].ClockRate} and {parts[0]}/{parts[1]} in one section of the SDP.");
        }
    }

    private void FormatParameters(ReadOnlySpan<char> value)
    {
        var type = PayloadType(ref value);
        // Some peers write a line for each parameter.
        _parameters[type] = _parameters.TryGetValue(type, out var known) ? $"{known};{value}" : value.ToString();
    }

    private void Feedback(ReadOnlySpan<char> value)
    {
        List<string> list;
        if (value.StartsWith("* ", StringComparison.Ordinal))
        {
            value = value[2..].Trim();
            list = _feedbackOfAll;
        }
        else
        {
            var type = PayloadType(ref value);
            list = _feedback.TryGetValue(type, out var known) ? known : _feedback[type] = [];
        }

        if (list.Count < MaxFeedback)
        {
            list.Add(value.ToString());
        }
    }

    private void Direction(ReadOnlySpan<char> name)
    {
        if (SdpText.Direction(name) is not { } direction)
        {
            return;
        }

        if (_direction is { } known && known != direction)
        {
            throw new SdpException("A media section of the SDP names two directions.");
        }

        _direction = direction;
        _section = _section with { Direction = direction };
    }

    private void Source(ReadOnlySpan<char> value)
    {
        var space = value.IndexOf(' ');
        if (_sources.Count < MaxSources
            && uint.TryParse(space < 0 ? value : value[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var source))
        {
            _sources.Add(source);
        }
    }

    private void Extension(ReadOnlySpan<char> value)
    {
        var space = value.IndexOf(' ');
        if (space < 0 || _extensions.Count == MaxExtensions)
        {
            return;
        }

        var id = value[..space];
        var slash = id.IndexOf('/');
        var uri = value[(space + 1)..].Trim();
        var end = uri.IndexOf(' ');
        _extensions.Add(new ExtensionMapping(
            SdpText.Number(slash < 0 ? id : id[..slash], ushort.MaxValue, "header extension identifier"),
            (end < 0 ? uri : uri[..end]).ToString()));
    }
}
