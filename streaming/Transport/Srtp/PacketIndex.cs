namespace Xunke.Streaming.Transport.Srtp;

/// <summary>The 48-bit SRTP packet index: roll-over counter and sequence number (RFC 3711 section 3.3.1).</summary>
internal static class PacketIndex
{
    /// <summary>The first value that is out of range.</summary>
    public const ulong Limit = 1UL << 48;

    /// <summary>Guesses the index nearest to the highest one known.</summary>
    /// <returns>False when the guess would lie before the stream's start or behind its end.</returns>
    public static bool TryGuess(ulong highest, ushort sequenceNumber, out ulong index)
    {
        const int half = 1 << 15;
        var distance = sequenceNumber - (int)(highest & ushort.MaxValue);
        if (distance > half)
        {
            distance -= 2 * half;
        }
        else if (distance < -half)
        {
            distance += 2 * half;
        }

        // Below zero wraps to far above the limit.
        index = highest + (ulong)distance;
        return index < Limit;
    }
}
