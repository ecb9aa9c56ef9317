using System.Globalization;

namespace Xunke.Streaming.Rtsp;

/// <summary>The channels of one stream, as a response to SETUP names them (RFC 2326 12.39).</summary>
/// <param name="Media">The channel of its packets.</param>
/// <param name="Reports">The channel of its reports.</param>
internal sealed record CameraTransport(byte Media, byte Reports)
{
    private const int LongestDetail = 80;

    /// <summary>The header as FFmpeg reads it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"RTP/AVP/TCP;unicast;interleaved={Media}-{Reports}");

    /// <summary>Reads what a camera has agreed to.</summary>
    /// <param name="answered">Its Transport header; null when it sent none.</param>
    /// <param name="asked">The one of the request, which holds where the camera says nothing else.</param>
    /// <exception cref="CameraException">It would send by another way than the connection.</exception>
    public static CameraTransport Read(string? answered, string? asked)
    {
        if (Channels(answered) is { } agreed)
        {
            return agreed;
        }

        var profile = answered?.Split(';')[0].Trim() ?? "";
        if (answered is not null && (profile.EndsWith("/UDP", StringComparison.OrdinalIgnoreCase)
            || answered.Contains("_port", StringComparison.OrdinalIgnoreCase)))
        {
            throw new CameraException(CameraFaults.Rejected, answered.Length > LongestDetail ? answered[..LongestDetail] : answered);
        }

        return Channels(asked) ?? new CameraTransport(0, 1);
    }

    private static CameraTransport? Channels(string? header)
    {
        foreach (var part in header?.Split(';', StringSplitOptions.TrimEntries) ?? [])
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !part[..equals].Trim().Equals("interleaved", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var numbers = part[(equals + 1)..].Split('-', StringSplitOptions.TrimEntries);
            if (byte.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out var media))
            {
                return new CameraTransport(
                    media, numbers.Length > 1 && byte.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out var reports)
                        ? reports
                        : (byte)(media + 1));
            }
        }

        return null;
    }
}
