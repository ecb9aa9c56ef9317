using System.Collections.Immutable;

namespace Xunke.Analytics.Speech;

/// <summary>What a lesson's speech adds up to, for the class as a whole.</summary>
/// <param name="TeacherShare">Seconds of the teacher's speech over all seconds but gaps, 0 to 1.</param>
/// <param name="PupilShare">Seconds of pupils' speech over all seconds but gaps, 0 to 1.</param>
/// <param name="HubbubShare">Of the pupils' share, what many speak at once, 0 to 1.</param>
/// <param name="SilenceShare">Seconds without speech over all seconds but gaps, 0 to 1.</param>
/// <param name="MedianWait">Median seconds from the teacher's last word to a pupil's first; null without <paramref name="Waits"/>.</param>
/// <param name="SpeechLevel">Median loudness of seconds with speech in dBFS; null without any.</param>
/// <param name="QuietLevel">Median loudness of seconds without speech in dBFS; null without any.</param>
/// <param name="Confidence">How surely the sides were told apart, the mean over speech, 0.5 to 1; null without speech.</param>
public sealed record SpeechFigures(
    double TeacherShare,
    double PupilShare,
    double HubbubShare,
    double SilenceShare,
    int Turns,
    double TurnsPerMinute,
    int Waits,
    double? MedianWait,
    double? SpeechLevel,
    double? QuietLevel,
    double? Confidence)
{
    public const string ShareFormula = "talk-share/1";

    public const string TurnFormula = "turns/1";

    public const string WaitFormula = "wait-before-pupils/1";

    /// <summary>Name and version of the loudness's formula.</summary>
    public const string LevelFormula = "level-dbfs/1";

    /// <summary>Whoever speaks later does not answer any more.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    /// <param name="from">From this time; the start if null.</param>
    /// <param name="to">To this time; the end if null.</param>
    public static SpeechFigures Of(HeardLesson lesson, TimeSpan? from = null, TimeSpan? to = null)
    {
        ArgumentNullException.ThrowIfNull(lesson);
        TimeSpan start = from ?? TimeSpan.Zero, end = to ?? lesson.Duration;
        TimeSpan gaps = (end < lesson.Duration ? end : lesson.Duration) - start - lesson.HeardIn(start, end);
        double seconds = Math.Max((end - start - (gaps > TimeSpan.Zero ? gaps : TimeSpan.Zero)).TotalSeconds, 1e-9);
        double teacher = lesson.TalkOf(Speaker.Teacher, start, end).TotalSeconds / seconds;
        double pupils = lesson.TalkOf(Speaker.Pupils, start, end).TotalSeconds / seconds;
        ImmutableArray<SpeechTurn> turns = SpeechTurn.Of(lesson);
        int begun = turns.Count(turn => turn.Start >= start && turn.Start < end);
        double[] waits = [.. WaitsForPupils(lesson, turns, start, end)];
        (double? speech, double? quiet) = Levels(lesson, start, end);
        return new SpeechFigures(
            teacher, pupils, ManyAtOnceSeconds(lesson, start, end) / seconds, Math.Max(0, 1 - teacher - pupils),
            begun, begun / (seconds / 60),
            waits.Length, Median(waits),
            speech, quiet,
            MeanConfidence(lesson, start, end));
    }

    private static double ManyAtOnceSeconds(HeardLesson lesson, TimeSpan start, TimeSpan end) =>
        (lesson with { Parts = lesson.Parts.RemoveAll(part => !part.ManyAtOnce) }).TalkOf(Speaker.Pupils, start, end).TotalSeconds;

    private static IEnumerable<double> WaitsForPupils(HeardLesson lesson, ImmutableArray<SpeechTurn> turns, TimeSpan start, TimeSpan end)
    {
        for (int i = 1; i < turns.Length; i++)
        {
            // Whoever spoke in a gap was not heard.
            TimeSpan wait = turns[i].Start - turns[i - 1].End;
            bool heard = lesson.HeardIn(turns[i - 1].End, turns[i].Start) == wait;
            if (heard && turns[i].Speaker == Speaker.Pupils && turns[i].Start >= start && turns[i].Start < end && wait <= LongestWait)
            {
                yield return wait.TotalSeconds;
            }
        }
    }

    private static (double? Speech, double? Quiet) Levels(HeardLesson lesson, TimeSpan start, TimeSpan end)
    {
        List<double> speech = [], quiet = [];
        for (int second = (int)start.TotalSeconds; second < Math.Min(lesson.Levels.Length, end.TotalSeconds); second++)
        {
            TimeSpan from = TimeSpan.FromSeconds(second), to = from + TimeSpan.FromSeconds(1);
            if (lesson.Gaps.Any(gap => gap.Start < to && gap.End > from))
            {
                continue;
            }

            TimeSpan talk = lesson.TalkOf(Speaker.Teacher, from, to) + lesson.TalkOf(Speaker.Pupils, from, to);
            if (talk == TimeSpan.Zero)
            {
                quiet.Add(lesson.Levels[second]);
            }
            else if (talk > TimeSpan.FromSeconds(0.5))
            {
                speech.Add(lesson.Levels[second]);
            }
        }

        return (Median(speech), Median(quiet));
    }

    private static double? MeanConfidence(HeardLesson lesson, TimeSpan start, TimeSpan end)
    {
        SpokenPart[] parts = [.. lesson.Parts.Where(part => part.End > start && part.Start < end)];
        double seconds = parts.Sum(part => part.Length.TotalSeconds);
        return seconds > 0 ? parts.Sum(part => part.Confidence * part.Length.TotalSeconds) / seconds : null;
    }

    private static double? Median(IReadOnlyCollection<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
