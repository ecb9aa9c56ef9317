namespace Xunke.Streaming.Decoding.Sound;

/// <summary>Hands a room's decoded sound and its gaps to the receiver. The position goes on when the decoder is replaced.</summary>
/// <param name="rate">Samples a second of each channel.</param>
/// <param name="heard">Samples that the receiver has already.</param>
internal sealed class SoundOutput(ISoundReceiver receiver, int rate, long heard)
{
    private readonly SoundCoverage _coverage = new(rate);
    private long _heard = heard;

    /// <summary>Samples that were handed on, gaps included.</summary>
    public long Heard => Volatile.Read(ref _heard);

    /// <summary>Seconds of sound that came and were not decoded yet.</summary>
    public double OwedSeconds => (double)(_coverage.End - Heard) / rate;

    /// <summary>A new decoder begins: what came and was not decoded is lost.</summary>
    public void Restart() => _coverage.ForgetFrom(_heard);

    /// <summary>Sound came.</summary>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last one.</param>
    public void Expect(long from, long to) => _coverage.Add(from, to);

    /// <summary>Reports the time up to the next packet as a gap: the decoder would fill it all at once.</summary>
    /// <param name="channels">1 or 2.</param>
    /// <param name="next">The packet's first sample.</param>
    public void PassOver(int channels, long next)
    {
        var missing = next - _heard - (rate / 2);
        if (missing > rate)
        {
            var gap = (int)Math.Min(missing, int.MaxValue);
            Volatile.Write(ref _heard, _heard + gap);
            receiver.OnGap(channels, gap);
        }
    }

    /// <summary>Hands on what was decoded.</summary>
    /// <param name="channels">1 or 2.</param>
    /// <param name="samples">Whole samples; with two channels one of each in turn.</param>
    public void HandOn(int channels, ReadOnlySpan<float> samples)
    {
        while (!samples.IsEmpty)
        {
            var (came, length) = _coverage.Of(_heard);
            var part = (int)Math.Min(length, samples.Length / channels);

            // First counted, then handed on: what the receiver fails at must not come to it twice.
            Volatile.Write(ref _heard, _heard + part);
            if (came)
            {
                receiver.OnSound(channels, samples[..(part * channels)]);
            }
            else
            {
                receiver.OnGap(channels, part);
            }

            samples = samples[(part * channels)..];
        }
    }
}
