namespace Xunke.Analytics.Speech;

/// <summary>A stretch in which one side speaks, with its short pauses.</summary>
/// <param name="Start">First sound, from the start of the recording.</param>
/// <param name="End">Last sound.</param>
/// <param name="Speaker">Which side.</param>
/// <param name="Confidence">How surely it is that side and not the other, 0.5 to 1.</param>
/// <param name="ManyAtOnce">No single voice stands out of many, as in pair talk.</param>
public sealed record SpokenPart(TimeSpan Start, TimeSpan End, Speaker Speaker, double Confidence, bool ManyAtOnce = false)
{
    /// <summary>How long it lasts.</summary>
    public TimeSpan Length => End - Start;
}
