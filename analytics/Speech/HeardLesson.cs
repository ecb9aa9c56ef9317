using System.Collections.Immutable;

namespace Xunke.Analytics.Speech;

/// <summary>What was heard in a lesson. Neither sound nor voices are kept.</summary>
/// <param name="Parts">Who spoke when, in order; parts do not overlap.</param>
/// <param name="Levels">Loudness of each second in decibels below full scale (dBFS), -100 for digital silence.</param>
public sealed record HeardLesson(
    TimeSpan Duration, ImmutableArray<SpokenPart> Parts, SeparationMethod Method, ImmutableArray<double> Levels)
{
    /// <summary>When nothing could be heard, in order.</summary>
    public ImmutableArray<SoundGap> Gaps { get; init; } = [];

    /// <summary>How much of a stretch could be heard, whether anybody spoke or not.</summary>
    public TimeSpan HeardIn(TimeSpan from, TimeSpan to)
    {
        TimeSpan end = to < Duration ? to : Duration;
        TimeSpan heard = end > from ? end - from : TimeSpan.Zero;
        foreach (SoundGap gap in Gaps)
        {
            heard -= Overlap(gap.Start, gap.End, from, end);
        }

        return heard > TimeSpan.Zero ? heard : TimeSpan.Zero;
    }

    public TimeSpan TalkOf(Speaker speaker, TimeSpan from, TimeSpan to)
    {
        TimeSpan sum = TimeSpan.Zero;
        foreach (SpokenPart part in Parts)
        {
            sum += part.Speaker == speaker ? Overlap(part.Start, part.End, from, to) : TimeSpan.Zero;
        }

        return sum;
    }

    private static TimeSpan Overlap(TimeSpan start, TimeSpan end, TimeSpan from, TimeSpan to) =>
        end > from && start < to ? (end < to ? end : to) - (start > from ? start : from) : TimeSpan.Zero;
}
