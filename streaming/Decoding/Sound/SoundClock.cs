namespace Xunke.Streaming.Decoding.Sound;

/// <summary>
/// Where a room's packets lie on the listener's time line, in samples of 48 kHz: by the clock of the first packet's arrival, and
/// from then on by their own timestamps. A publisher whose timestamps go astray is put back by the clock. Not thread-safe.
/// </summary>
/// <param name="origin">Time 0.</param>
internal sealed class SoundClock(DateTimeOffset origin)
{
    /// <summary>Packets are late by queues and repairs, hardly by more.</summary>
    private const long Astray = 5 * OggPages.Clock;

    private long? _at;
    private uint _timestamp;

    /// <summary>The packet's start; never before the end of the one before.</summary>
    public long Place(SoundPacket packet, long least)
    {
        var clock = (long)((packet.Came - origin).TotalSeconds * OggPages.Clock);
        var at = _at is { } before ? before + (int)(packet.Timestamp - _timestamp) : clock;
        if (Math.Abs(at - clock) > Astray)
        {
            at = clock;
        }

        (_at, _timestamp) = (at, packet.Timestamp);
        return Math.Max(at, least);
    }
}
