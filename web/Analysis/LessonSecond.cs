using Xunke.Analytics.Lessons;
using Xunke.Analytics.Speech;
using Xunke.Analytics.Vision;

namespace Xunke.Web.Analysis;

/// <summary>One second of a lesson.</summary>
/// <param name="Second">From 0.</param>
/// <param name="Look">The newest sample at its start.</param>
/// <param name="IsSampled">The sample was taken in this second and is not carried over.</param>
/// <param name="Teacher">Share of the second in which the teacher speaks; null without sound.</param>
/// <param name="Pupils">Share of the second in which pupils speak; null without sound.</param>
/// <param name="Level">Loudness in dBFS; null without sound.</param>
/// <param name="Segment">The segment that it lies in.</param>
internal sealed record LessonSecond(
    int Second, LessonLook Look, bool IsSampled, double? Teacher, double? Pupils, double? Level, SegmentKind Segment)
{
    /// <summary>The seconds of a lesson.</summary>
    public static IEnumerable<LessonSecond> Of(AnalysedLesson lesson)
    {
        int look = 0, segment = 0, seconds = (int)Math.Ceiling(lesson.Analysis.Duration.TotalSeconds);
        for (int second = 0; second < seconds; second++)
        {
            TimeSpan from = TimeSpan.FromSeconds(second), to = from + TimeSpan.FromSeconds(1);
            bool sampled = second == 0;
            while (look + 1 < lesson.Looks.Length && lesson.Looks[look + 1].Sample.At - AnalysedLesson.Origin <= from)
            {
                look++;
                sampled = true;
            }

            while (segment + 1 < lesson.Analysis.Segments.Length && lesson.Analysis.Segments[segment + 1].Measures.From <= from)
            {
                segment++;
            }

            HeardLesson? sound = lesson.Sound;
            yield return new LessonSecond(
                second,
                lesson.Looks[look],
                sampled,
                sound?.TalkOf(Speaker.Teacher, from, to).TotalSeconds,
                sound?.TalkOf(Speaker.Pupils, from, to).TotalSeconds,
                sound is not null && second < sound.Levels.Length ? sound.Levels[second] : null,
                lesson.Analysis.Segments[segment].Kind);
        }
    }
}
