namespace Xunke.Streaming.Decoding.Sound;

/// <summary>Where a room's decoded sound goes.</summary>
public interface ISoundReceiver
{
    /// <summary>
    /// The next stretch of sound, called by one thread at a time. Gaps are filled with silence, so that a sample's place is its time
    /// from the origin. It should return soon: up to ten seconds of sound wait meanwhile.
    /// </summary>
    /// <param name="channels">1 or 2, the same in every call.</param>
    /// <param name="samples">-1 to 1; with two channels one sample of each in turn. Valid during the call.</param>
    void OnSound(int channels, ReadOnlySpan<float> samples);
}
