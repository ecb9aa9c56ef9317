using Xunke.Analytics.Speech;
using Xunke.Tests.Support.Speaking;

namespace Xunke.Tests.Analytics.Speech;

/// <summary>Lessons that espeak-ng speaks with voices on which nothing was tuned, in noise 10 dB below the teacher.</summary>
public sealed class SpokenLessonTests
{
    public static TheoryData<string> HeldOut => [.. SpokenLessons.HeldOut.Keys];

    [Theory]
    [MemberData(nameof(HeldOut))]
    public void One_microphone_tells_the_teachers_talk_from_the_pupils(string name)
    {
        var lesson = SpokenLesson.Make(SpokenLessons.HeldOut[name]);

        HeardLesson heard = Listen(1, lesson.Room);

        heard.Method.ShouldBe(SeparationMethod.Voices);
        ShouldAgree(lesson, heard);
    }

    [Fact]
    public void Two_microphones_tell_them_by_channel()
    {
        var lesson = SpokenLesson.Make(SpokenLessons.HeldOut["Chinese, Denis and others"] with { Seconds = 120, PupilGain = 1 });

        HeardLesson heard = Listen(2, Interleave(lesson.TeacherMicrophone, lesson.Room));

        heard.Method.ShouldBe(SeparationMethod.Channels);
        ShouldAgree(lesson, heard);
    }

    [Fact]
    public void The_same_sound_on_both_channels_is_one_microphone()
    {
        var lesson = SpokenLesson.Make(SpokenLessons.HeldOut["Michael and others"] with { Seconds = 60 });

        HeardLesson once = Listen(1, lesson.Room), twice = Listen(2, Interleave(lesson.Room, lesson.Room));

        twice.Method.ShouldBe(SeparationMethod.Voices);
        twice.Parts.ShouldBe(once.Parts);
    }

    [Fact]
    public void A_teacher_alone_is_one_voice()
    {
        var lesson = SpokenLesson.Make(SpokenLessons.HeldOut["Belinda and others"] with { Seconds = 90, QuestionShare = 0 });

        HeardLesson heard = Listen(1, lesson.Room);

        heard.Method.ShouldBe(SeparationMethod.OneVoice);
        heard.Parts.ShouldAllBe(part => part.Speaker == Speaker.Teacher && part.Confidence < 0.7);
        SpeechFigures.Of(heard).Turns.ShouldBe(1);
    }

    private static HeardLesson Listen(int channels, float[] samples)
    {
        using var listener = new LessonListener(channels);

        // In uneven handfuls, as they come out of a pipe.
        for (int at = 0; at < samples.Length; at += 4098)
        {
            listener.Hear(samples.AsSpan(at, Math.Min(4098, samples.Length - at)));
        }

        return listener.Finish();
    }

    private static float[] Interleave(float[] first, float[] second) =>
        [.. first.Zip(second).SelectMany(pair => new[] { pair.First, pair.Second })];

    private static void ShouldAgree(SpokenLesson lesson, HeardLesson heard)
    {
        var figures = SpeechFigures.Of(heard);
        (double teacher, double pupils) = lesson.Talk();
        double seconds = heard.Duration.TotalSeconds;
        string said = $"teacher {figures.TeacherShare:F3} of {teacher / seconds:F3}, pupils {figures.PupilShare:F3} of {pupils / seconds:F3}, turns {figures.Turns} of {lesson.Turns()}";
        TestContext.Current.TestOutputHelper?.WriteLine(said);
        figures.TeacherShare.ShouldBe(teacher / seconds, 0.05, said);
        figures.PupilShare.ShouldBe(pupils / seconds, 0.05, said);
        ((double)figures.Turns).ShouldBe(lesson.Turns(), Math.Max(1, 0.15 * lesson.Turns()), said);
    }
}
