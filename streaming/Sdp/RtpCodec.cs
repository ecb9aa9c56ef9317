using System.Collections.Immutable;

namespace Xunke.Streaming.Sdp;

/// <summary>A payload type of a media section, from its rtpmap, fmtp and rtcp-fb lines (RFC 8866 6.6, 6.15; RFC 4585 4.2).</summary>
/// <param name="PayloadType">0..127.</param>
/// <param name="Name">The encoding name as written, such as <c>H264</c>.</param>
/// <param name="ClockRate">In Hz.</param>
/// <param name="Channels">Audio channels; 1 when not written.</param>
/// <param name="FormatParameters">The fmtp line's parameters as written; empty when there is none.</param>
/// <param name="Feedback">The rtcp-fb values, such as <c>nack pli</c>.</param>
internal sealed record RtpCodec(
    int PayloadType,
    string Name,
    int ClockRate,
    int Channels,
    string FormatParameters,
    ImmutableArray<string> Feedback)
{
    /// <summary>The format as an rtpmap line writes it.</summary>
    public string Format => Channels == 1 ? $"{Name}/{ClockRate}" : $"{Name}/{ClockRate}/{Channels}";

    /// <summary>Whether this is the codec with an encoding name and clock rate; names compare without case (RFC 4855 3).</summary>
    public bool Is(string name, int clockRate) =>
        ClockRate == clockRate && Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The value of one parameter of the fmtp line, or null.</summary>
    public string? Parameter(string name)
    {
        foreach (var part in FormatParameters.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=');
            if (equals > 0 && part.AsSpan(0, equals).Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return part[(equals + 1)..].Trim();
            }
        }

        return null;
    }
}
