namespace Xunke.Streaming.Decoding.Sound;

/// <summary>Where a room's decoded sound goes. Calls come from one thread at a time and in order, so that a sample's place is its time from
/// the origin.</summary>
public interface ISoundReceiver
{
    /// <summary>The next stretch of sound. It should return soon: up to ten seconds of sound wait meanwhile.</summary>
    /// <param name="channels">1 or 2, the same in every call.</param>
    /// <param name="samples">-1 to 1; with two channels one sample of each in turn. Valid during the call.</param>
    void OnSound(int channels, ReadOnlySpan<float> samples);

    /// <summary>A stretch of which no sound came, or whose sound was lost with its decoder.</summary>
    /// <param name="channels">As in <see cref="OnSound"/>.</param>
    /// <param name="length">Samples of each channel.</param>
    void OnGap(int channels, int length);
}
