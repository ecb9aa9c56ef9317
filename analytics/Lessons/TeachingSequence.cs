using System.Collections.Immutable;
using Xunke.Analytics.Speech;

namespace Xunke.Analytics.Lessons;

/// <summary>
/// A lesson as a sequence of intervals that belong to the teacher or to the students (S-T analysis), and what follows from it:
/// Rt, the teacher's share, and Ch, how often the sides change. By sound alone: the classical method also marks what is only seen.
/// </summary>
/// <param name="Interval">Length of an interval, stored with the result since Rt and Ch depend on it.</param>
/// <param name="Marks">One mark an interval, from the start of the lesson.</param>
public sealed record TeachingSequence(TimeSpan Interval, ImmutableArray<TeachingMark> Marks)
{
    public const string Formula = "s-t/1";

    /// <summary>The share of an interval in which somebody must speak.</summary>
    private const double SpeechNeeded = 0.1;

    private const double PracticeUpTo = 0.3;
    private const double LectureFrom = 0.7;
    private const double DialogueFrom = 0.4;

    public static TimeSpan DefaultInterval { get; } = TimeSpan.FromSeconds(30);

    public int N => Marks.Count(mark => mark != TeachingMark.Silence);

    /// <summary>Rt: the teacher's intervals over all with speech; null without any.</summary>
    public double? TeacherShare => N == 0 ? null : (double)Marks.Count(mark => mark == TeachingMark.Teacher) / N;

    /// <summary>Ch = (g - 1) / N with g runs in N intervals with speech; null without any. At most 2 min(Rt, 1 - Rt).</summary>
    public double? ChangeRate => N == 0 ? null : (double)(Runs - 1) / N;

    /// <summary>The kind of lesson; null without speech.</summary>
    public TeachingMode? Mode => (TeacherShare, ChangeRate) switch
    {
        (null, _) or (_, null) => null,
        ( <= PracticeUpTo, _) => TeachingMode.Practice,
        ( >= LectureFrom, _) => TeachingMode.Lecture,
        (_, >= DialogueFrom) => TeachingMode.Dialogue,
        _ => TeachingMode.Mixed,
    };

    private int Runs
    {
        get
        {
            int runs = 0;
            TeachingMark last = TeachingMark.Silence;
            foreach (TeachingMark mark in Marks)
            {
                if (mark != TeachingMark.Silence)
                {
                    runs += mark == last ? 0 : 1;
                    last = mark;
                }
            }

            return runs;
        }
    }

    /// <summary>Marks a lesson. A last interval of less than half the length is left out.</summary>
    /// <param name="interval">Above zero.</param>
    public static TeachingSequence Of(HeardLesson lesson, TimeSpan interval)
    {
        ArgumentNullException.ThrowIfNull(lesson);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        ImmutableArray<TeachingMark>.Builder marks = ImmutableArray.CreateBuilder<TeachingMark>();
        for (TimeSpan from = TimeSpan.Zero; lesson.Duration - from >= interval / 2; from += interval)
        {
            TimeSpan to = from + interval < lesson.Duration ? from + interval : lesson.Duration;
            TimeSpan teacher = lesson.TalkOf(Speaker.Teacher, from, to), pupils = lesson.TalkOf(Speaker.Pupils, from, to);
            marks.Add(teacher + pupils < (to - from) * SpeechNeeded ? TeachingMark.Silence
                : teacher >= pupils ? TeachingMark.Teacher : TeachingMark.Student);
        }

        return new TeachingSequence(interval, marks.ToImmutable());
    }
}
