using System.Security.Cryptography;

namespace Xunke.Streaming.Rooms;

/// <summary>
/// Where a kind of media stands on its RTP clock. It goes on when the source changes, and is one for all layers of the
/// video: what begins now begins at the timestamp that belongs to now, as arrivals tell.
/// </summary>
/// <param name="clockRate">In Hz.</param>
internal sealed class RoomTimeline(int clockRate)
{
    private uint _timestamp = (uint)RandomNumberGenerator.GetInt32(int.MaxValue);
    private long _arrival = -1;

    /// <summary>The timestamp for a source that begins now.</summary>
    public uint Continue(long now) =>
        _arrival < 0 ? _timestamp : _timestamp + (uint)Math.Max(1, (now - _arrival) * clockRate / 1_000_000);

    /// <summary>A packet has come.</summary>
    public void Advance(uint timestamp, long now)
    {
        if (_arrival < 0 || (int)(timestamp - _timestamp) > 0)
        {
            (_timestamp, _arrival) = (timestamp, now);
        }
    }
}
