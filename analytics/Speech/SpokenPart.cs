namespace Xunke.Analytics.Speech;

/// <summary>A stretch in which one side speaks, with its short pauses.</summary>
/// <param name="Confidence">How surely it is that side and not the other, 0.5 to 1.</param>
public sealed record SpokenPart(TimeSpan Start, TimeSpan End, Speaker Speaker, double Confidence, bool ManyAtOnce = false)
{
    public TimeSpan Length => End - Start;
}
