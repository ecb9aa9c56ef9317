namespace Xunke.Streaming.Codecs;

/// <summary>What a recording must know of Opus packets (RFC 6716 section 3).</summary>
internal static class OpusPacket
{
    /// <summary>How long <see cref="Silence"/> is, in microseconds.</summary>
    public const int SilenceLength = 20_000;

    private const int LongestPacket = 120_000;

    /// <summary>One coded frame of silence: CELT only, full band, 20 ms, mono.</summary>
    public static ReadOnlySpan<byte> Silence => [0xF8, 0xFF, 0xFE];

    // Section 3.1, table 2, by the configuration number: in microseconds.
    private static ReadOnlySpan<int> SilkLengths => [10_000, 20_000, 40_000, 60_000];

    private static ReadOnlySpan<int> CeltLengths => [2_500, 5_000, 10_000, 20_000];

    /// <summary>How long a packet lasts, in microseconds.</summary>
    /// <returns>0 when it is not a packet of Opus.</returns>
    public static int LengthOf(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty)
        {
            return 0;
        }

        var configuration = packet[0] >> 3;
        var frame = configuration switch
        {
            < 12 => SilkLengths[configuration & 3],
            < 16 => SilkLengths[configuration & 1],
            _ => CeltLengths[configuration & 3],
        };
        var count = (packet[0] & 3) switch
        {
            0 => 1,
            3 => packet.Length < 2 ? 0 : packet[1] & 0x3F,
            _ => 2,
        };
        var length = frame * count;
        return length <= LongestPacket ? length : 0;
    }
}
