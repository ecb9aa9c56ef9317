using Xunke.Analytics.Speech;
using Xunke.Tests.Support.Speaking;

namespace Xunke.Tests.Analytics.Speech;

/// <summary>A listener that takes up what another one had heard says nearly the same as one that heard all.</summary>
public sealed class HeardTraceTests
{
    [Fact]
    public void A_lesson_that_was_cut_three_times_is_told_apart_as_the_whole_one()
    {
        var lesson = SpokenLesson.Make(SpokenLessons.HeldOut["Michael and others"]);
        HeardLesson whole = Hear(1, lesson.Room), cut = Hear(1, lesson.Room, 0.2, 0.5, 0.9);

        cut.Method.ShouldBe(whole.Method);
        cut.Gaps.ShouldBeEmpty();
        cut.Duration.ShouldBe(whole.Duration, TimeSpan.FromSeconds(0.1));
        ShouldAgree(whole, cut);
    }

    [Fact]
    public void Two_microphones_are_told_apart_after_a_cut()
    {
        var lesson = SpokenLesson.Make(SpokenLessons.HeldOut["Chinese, Denis and others"] with { Seconds = 120, PupilGain = 1 });
        float[] both = [.. lesson.TeacherMicrophone.Zip(lesson.Room).SelectMany(pair => new[] { pair.First, pair.Second })];
        HeardLesson whole = Hear(2, both), cut = Hear(2, both, 0.6);

        cut.Method.ShouldBe(SeparationMethod.Channels);
        ShouldAgree(whole, cut);
    }

    [Fact]
    public void What_was_not_heard_is_a_gap_after_a_cut_as_well_and_counts_in_no_share()
    {
        var lesson = SpokenLesson.Make(SpokenLessons.HeldOut["Michael and others"]);
        using var first = new LessonListener(1);
        first.Hear(lesson.Room.AsSpan(0, 60 * SoundFormat.Rate));
        first.Skip(120 * SoundFormat.Rate);
        using var second = LessonListener.Resume([first.Trace(0).Trace]);
        second.Samples.ShouldBeInRange((long)(179.4 * SoundFormat.Rate), 180 * SoundFormat.Rate);
        second.Hear(lesson.Room.AsSpan(60 * SoundFormat.Rate));
        HeardLesson heard = second.Finish(), whole = Hear(1, lesson.Room);

        SoundGap gap = heard.Gaps.ShouldHaveSingleItem();
        gap.Start.TotalSeconds.ShouldBe(60, 0.1);
        gap.End.TotalSeconds.ShouldBe(180, 0.6);
        SpeechFigures figures = SpeechFigures.Of(heard), all = SpeechFigures.Of(whole);
        (figures.TeacherShare + figures.PupilShare).ShouldBe(all.TeacherShare + all.PupilShare, 0.02);
        figures.QuietLevel!.Value.ShouldBe(all.QuietLevel!.Value, 2);
        SpeechFigures.Of(heard, TimeSpan.FromSeconds(70), TimeSpan.FromSeconds(170)).TeacherShare.ShouldBe(0);
        first.SoFar(TimeSpan.FromSeconds(60)).Length.ShouldBe(1, "nothing was heard in the second and third minute");
    }

    [Fact]
    public void No_trace_holds_a_word()
    {
        var lesson = SpokenLesson.Make(SpokenLessons.HeldOut["Michael and others"] with { Seconds = 60 });
        using var listener = new LessonListener(1);
        listener.Hear(lesson.Room);

        // Speech is understood from about 1,500 bit/s of spectrum up; a trace has 56 bytes of it a second.
        listener.Trace(0).Trace.Length.ShouldBeLessThan(60 * 200);
    }

    [Fact]
    public void A_trace_that_is_missing_or_damaged_is_noticed()
    {
        using var listener = new LessonListener(1);
        listener.Hear(new float[4 * SoundFormat.Rate]);
        byte[] trace = listener.Trace(0).Trace;
        Should.Throw<InvalidDataException>(() => LessonListener.Resume([trace, trace]));
        for (int length = 0; length < trace.Length; length += 7)
        {
            Should.Throw<InvalidDataException>(() => LessonListener.Resume([trace[..length]]));
        }
    }

    private static void ShouldAgree(HeardLesson whole, HeardLesson cut)
    {
        SpeechFigures one = SpeechFigures.Of(whole), other = SpeechFigures.Of(cut);
        other.TeacherShare.ShouldBe(one.TeacherShare, 0.03);
        other.PupilShare.ShouldBe(one.PupilShare, 0.03);
        other.SilenceShare.ShouldBe(one.SilenceShare, 0.02);
        cut.Levels.Length.ShouldBe(whole.Levels.Length);
        cut.Levels.Zip(whole.Levels).Count(pair => Math.Abs(pair.First - pair.Second) > 0.1).ShouldBeLessThanOrEqualTo(3);
    }

    /// <summary>Hears a sound, and at some shares of it goes on with a listener that has the traces alone.</summary>
    private static HeardLesson Hear(int channels, float[] samples, params double[] cuts)
    {
        var listener = new LessonListener(channels);
        var traces = new List<byte[]>();
        int end = 0, at = 0;
        foreach (double cut in cuts)
        {
            int until = (int)(samples.Length * cut) / channels * channels;
            for (; at < until; at += Math.Min(until - at, 32_000))
            {
                listener.Hear(samples.AsSpan(at, Math.Min(until - at, 32_000)));
                (byte[] trace, end) = listener.Trace(end);
                if (trace.Length > 0)
                {
                    traces.Add(trace);
                }
            }

            listener.Dispose();
            listener = LessonListener.Resume(traces);
            at = (int)listener.Samples * channels;
        }

        using (listener)
        {
            listener.Hear(samples.AsSpan(at));
            return listener.Finish();
        }
    }
}
