namespace Xunke.Analytics.Speech;

/// <summary>A stretch of a lesson in which nothing could be heard: no sound came, or it was lost.</summary>
public readonly record struct SoundGap(TimeSpan Start, TimeSpan End);
