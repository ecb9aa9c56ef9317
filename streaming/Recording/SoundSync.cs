namespace Xunke.Streaming.Recording;

/// <summary>
/// How the sound's RTP time stands to the video's, in microseconds. The publisher's sender reports tell it exactly; until
/// both tracks have one, the fastest packets of each stand in, as if both had been captured on arrival.
/// </summary>
internal sealed class SoundSync
{
    private long? _video;
    private long? _sound;
    private long? _reported;

    /// <summary>What to add to the sound's time to have it on the video's line; null while nothing is known.</summary>
    public long? Offset => _reported ?? (_sound - _video);

    /// <summary>Another publisher begins: nothing is known of it.</summary>
    public void Reset() => (_video, _sound, _reported) = (null, null, null);

    /// <summary>A packet of the video has come.</summary>
    /// <param name="time">On the video's RTP time.</param>
    public void OnVideo(long time, long now) => _video = Math.Min(_video ?? long.MaxValue, now - time);

    /// <summary>A packet of the sound has come.</summary>
    /// <param name="time">On the sound's RTP time.</param>
    public void OnSound(long time, long now) => _sound = Math.Min(_sound ?? long.MaxValue, now - time);

    /// <summary>The publisher has said what its clocks show at one moment.</summary>
    public void OnReport(long video, long sound) => _reported = video - sound;
}
