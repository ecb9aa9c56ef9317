using System.Collections.Immutable;

namespace Xunke.Analytics.Speech;

/// <summary>What was heard in a lesson. Neither sound nor voices are kept.</summary>
/// <param name="Duration">Length of the recording.</param>
/// <param name="Parts">Who spoke when, in order; parts do not overlap.</param>
/// <param name="Method">How teacher and pupils were told apart.</param>
/// <param name="Levels">Loudness of each second in decibels below full scale (dBFS), -100 for digital silence.</param>
public sealed record HeardLesson(
    TimeSpan Duration, ImmutableArray<SpokenPart> Parts, SeparationMethod Method, ImmutableArray<double> Levels)
{
    /// <summary>How long one side speaks from one time to another.</summary>
    /// <param name="speaker">The side.</param>
    /// <param name="from">From this time.</param>
    /// <param name="to">To this time.</param>
    public TimeSpan TalkOf(Speaker speaker, TimeSpan from, TimeSpan to)
    {
        TimeSpan sum = TimeSpan.Zero;
        foreach (SpokenPart part in Parts)
        {
            if (part.Speaker == speaker && part.End > from && part.Start < to)
            {
                sum += (part.End < to ? part.End : to) - (part.Start > from ? part.Start : from);
            }
        }

        return sum;
    }
}
