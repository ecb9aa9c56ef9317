using Xunke.Analytics.Speech;
using Xunke.Tests.Support.Speaking;

namespace Xunke.Bench.Voices;

/// <summary>
/// Who speaks when, against lessons spoken by espeak-ng (Debian: espeak-ng) in noise 10 dB below the teacher: those on which the thresholds
/// were chosen, and those with voices that none has seen.
/// </summary>
internal static class VoicesBench
{
    private const double SharePoints = 5;
    private const double TurnShare = 15;

    public static Task<BenchResult?> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var figures = new Dictionary<string, double>();
        double worst = 0;
        Console.WriteLine($"{"lesson",-30} {"teacher",18} {"pupils",18} {"turns",12}");
        foreach ((string set, IReadOnlyDictionary<string, SpokenLessonPlan> plans) in new[] { ("tuned", SpokenLessons.Tuned),
            ("held out", SpokenLessons.HeldOut) })
        {
            double share = 0, turns = 0;
            foreach ((string name, SpokenLessonPlan plan) in plans)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var lesson = SpokenLesson.Make(plan);
                using var listener = new LessonListener(1);
                listener.Hear(lesson.Room);
                var heard = SpeechFigures.Of(listener.Finish());
                double teacher = 100 * lesson.Talk().Teacher / plan.Seconds, pupils = 100 * lesson.Talk().Pupils / plan.Seconds;
                Console.WriteLine(FormattableString.Invariant(
                    $"{name,-30} {100 * heard.TeacherShare,7:F1} of {teacher,5:F1} % {100 * heard.PupilShare,7:F1} of {pupils,5:F1} % {heard.Turns,5} of {lesson.Turns(),3}"));
                share = Math.Max(share, Math.Max(Math.Abs(100 * heard.TeacherShare - teacher), Math.Abs(100 * heard.PupilShare - pupils)));
                turns = Math.Max(turns, 100.0 * Math.Abs(heard.Turns - lesson.Turns()) / lesson.Turns());
            }

            figures[$"{set}: worst share error, points"] = share;
            figures[$"{set}: worst turn error, %"] = turns;
            worst = set == "held out" ? Math.Max(share / SharePoints, turns / TurnShare) : worst;
        }

        return Task.FromResult<BenchResult?>(new BenchResult(
            "voices", worst, 1, "worst error on held-out voices over what is allowed (talk share 5 points, turns 15 %), at most", figures));
    }
}
