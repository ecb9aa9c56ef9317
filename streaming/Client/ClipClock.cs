using Xunke.Streaming.Recording.Matroska;
using Xunke.Streaming.Transport;

namespace Xunke.Streaming.Client;

/// <summary>
/// Puts the frames of successive ffmpeg runs on one rising time line, the publisher's clock, keeping the distance of
/// sound and picture within a run as it is in the file.
/// </summary>
internal sealed class ClipClock(MediaClock clock)
{
    private readonly long[] _last = new long[2];
    private long? _offset;

    /// <summary>Begins a new run: its first frame counts as being due now.</summary>
    public void Restart() => _offset = null;

    /// <summary>The moment of a frame, in microseconds of the publisher's clock; later than the stream's frame before it.</summary>
    public long Place(in MatroskaFrame frame)
    {
        var time = (long)frame.Time.TotalMicroseconds;
        _offset ??= Math.Max(clock.Now, Math.Max(_last[0], _last[1]) + 1) - time;
        ref var last = ref _last[(int)frame.Kind];
        last = Math.Max(time + _offset.Value, last + 1);
        return last;
    }
}
