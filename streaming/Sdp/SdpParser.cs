using System.Collections.Immutable;

namespace Xunke.Streaming.Sdp;

/// <summary>Reads an SDP text line by line (RFC 8866 5). Unknown lines are skipped, as the RFC asks.</summary>
internal sealed class SdpParser
{
    /// <summary>The largest SDP text that is looked at, in characters.</summary>
    public const int MaxLength = 64 * 1024;

    private const int MaxLines = 3000;
    private const int MaxSections = 32;
    private const int LongestName = 32;

    private readonly List<MediaSection> _sections = [];
    private SessionDescription _session = new() { Media = [] };
    private MediaSectionBuilder? _section;

    /// <summary>Parses one text; a parser is used once.</summary>
    public SessionDescription Parse(string sdp)
    {
        if (sdp.Length > MaxLength)
        {
            throw new SdpException($"The SDP is longer than {MaxLength} characters.");
        }

        var lines = 0;
        foreach (var raw in sdp.AsSpan().EnumerateLines())
        {
            var line = raw.Trim();
            if (line.IsEmpty)
            {
                continue;
            }

            if (++lines > MaxLines)
            {
                throw new SdpException($"The SDP has more than {MaxLines} lines.");
            }

            if (lines == 1 && line is not "v=0")
            {
                throw new SdpException("The SDP does not start with v=0.");
            }

            if (line.Length < 2 || line[1] != '=' || !char.IsAsciiLetterLower(line[0]))
            {
                throw new SdpException($"Line {lines} of the SDP is not of the form type=value.");
            }

            Line(line[0], line[2..]);
        }

        if (lines == 0)
        {
            throw new SdpException("The SDP is empty.");
        }

        EndSection();
        return _session with { Media = [.. _sections] };
    }

    private void Line(char type, ReadOnlySpan<char> value)
    {
        if (type == 'm')
        {
            EndSection();
            if (_sections.Count == MaxSections)
            {
                throw new SdpException($"The SDP has more than {MaxSections} media sections.");
            }

            _section = MediaSectionBuilder.From(value, _session.Direction);
        }
        else if (type == 'a')
        {
            var colon = value.IndexOf(':');
            var name = SdpText.Lower((colon < 0 ? value : value[..colon]).Trim(), stackalloc char[LongestName]);
            var content = colon < 0 ? default : value[(colon + 1)..].Trim();
            if (_section is null)
            {
                SessionAttribute(name, content);
            }
            else
            {
                _section.Attribute(name, content);
            }
        }
    }

    private void SessionAttribute(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        switch (name)
        {
            case "group" when value.StartsWith("BUNDLE", StringComparison.OrdinalIgnoreCase) && _session.Bundle.IsEmpty:
                var members = value["BUNDLE".Length..].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
                _session = _session with { Bundle = [.. members] };
                break;
            case "ice-ufrag":
                _session = _session with { UserFragment = SdpText.Once(_session.UserFragment, value, "ice-ufrag") };
                break;
            case "ice-pwd":
                _session = _session with { Password = SdpText.Once(_session.Password, value, "ice-pwd") };
                break;
            case "fingerprint":
                _session = _session with { Fingerprint = SdpText.PreferredFingerprint(_session.Fingerprint, value) };
                break;
            case "setup":
                _session = _session with { Setup = SdpText.Once(_session.Setup, value.ToString().ToLowerInvariant(), "setup") };
                break;
            case "extmap-allow-mixed":
                _session = _session with { ExtensionsMayMix = true };
                break;
            default:
                _session = SdpText.Direction(name) is { } direction ? _session with { Direction = direction } : _session;
                break;
        }
    }

    private void EndSection()
    {
        if (_section is not null)
        {
            _sections.Add(_section.Build());
            _section = null;
        }
    }
}
