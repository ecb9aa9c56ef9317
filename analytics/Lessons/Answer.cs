using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Speech;

namespace Xunke.Analytics.Lessons;

/// <summary>A pupil's answer (docs/behaviours.md, "Answering"): one pupil speaks after hands were up, or while standing.</summary>
/// <param name="From">First word, from the start of the lesson.</param>
/// <param name="To">Last word.</param>
/// <param name="Seat">The seat that answered; null where several may have.</param>
/// <param name="Stands">The pupil stands; otherwise seated, after a raised hand.</param>
public sealed record Answer(TimeSpan From, TimeSpan To, int? Seat, bool Stands)
{
    public const string Formula = "answer/2";

    /// <summary>Shorter speech is a word thrown in.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>Pause within one answer; a longer pause begins another answer.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>A hand that is called on comes down between being called and the first words.</summary>
    private static readonly TimeSpan DownBefore = TimeSpan.FromSeconds(5);

    /// <summary>Some begin to speak with the hand still up; the vote ends it two looks later.</summary>
    private static readonly TimeSpan DownAfter = TimeSpan.FromSeconds(3);

    /// <summary>Tells whether a stretch of pupils' speech is an answer, and whose.</summary>
    /// <param name="samples">All samples of the lesson in order.</param>
    /// <param name="origin">The time that the lesson's first instant stands for.</param>
    internal static Answer? Of(IReadOnlyList<BehaviourSample> samples, DateTimeOffset origin, TimeSpan from, TimeSpan to)
    {
        int[] standing = Standing(samples, origin, from, to);
        int[] seats = standing.Length > 0 ? standing : Lowered(samples, origin, from - DownBefore, from + DownAfter);
        return seats.Length == 0 ? null : new Answer(from, to, seats.Length == 1 ? seats[0] : null, standing.Length > 0);
    }

    /// <summary>Stretches in which one pupil after the other, but no more at once, speaks and the teacher does not.</summary>
    internal static IEnumerable<(TimeSpan From, TimeSpan To)> PupilSpeech(HeardLesson sound)
    {
        (TimeSpan From, TimeSpan To)? open = null;
        foreach (SpokenPart part in sound.Parts)
        {
            bool pupil = part.Speaker == Speaker.Pupils && !part.ManyAtOnce;
            if (open is { } run && (!pupil || part.Start - run.To > LongestPause))
            {
                if (run.To - run.From >= Shortest)
                {
                    yield return run;
                }

                open = null;
            }

            open = pupil ? (open?.From ?? part.Start, part.End) : null;
        }

        if (open is { } last && last.To - last.From >= Shortest)
        {
            yield return last;
        }
    }

    /// <summary>Seats whose owner stands in at least half of the samples.</summary>
    private static int[] Standing(IReadOnlyList<BehaviourSample> samples, DateTimeOffset origin, TimeSpan from, TimeSpan to)
    {
        BehaviourSample[] during = [.. samples.Where(sample => sample.At - origin >= from && sample.At - origin <= to)];
        return
        [
            .. during.SelectMany(sample => sample.People)
                .Where(person => person is { Seat: >= 0, Behaviour: Behaviour.Standing })
                .GroupBy(person => person.Seat)
                .Where(looks => looks.Count() * 2 >= during.Length)
                .Select(looks => looks.Key),
        ];
    }

    /// <summary>Seats whose hand was up and came down in the stretch of time.</summary>
    private static int[] Lowered(IReadOnlyList<BehaviourSample> samples, DateTimeOffset origin, TimeSpan from, TimeSpan to)
    {
        var raised = new HashSet<int>();
        var lowered = new SortedSet<int>();
        foreach (BehaviourSample sample in samples)
        {
            TimeSpan at = sample.At - origin;
            foreach (ObservedPerson person in sample.People.Where(person => person.Seat >= 0))
            {
                if (person.Behaviour == Behaviour.HandRaised)
                {
                    raised.Add(person.Seat);
                }
                else if (raised.Remove(person.Seat) && at >= from && at <= to)
                {
                    lowered.Add(person.Seat);
                }
            }
        }

        return [.. lowered];
    }
}
