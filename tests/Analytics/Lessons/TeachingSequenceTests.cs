using System.Collections.Immutable;
using Xunke.Analytics.Lessons;
using Xunke.Analytics.Speech;

namespace Xunke.Tests.Analytics.Lessons;

public sealed class TeachingSequenceTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    [Fact]
    public void Who_speaks_longer_owns_the_interval_and_silence_is_outside_n()
    {
        HeardLesson sound = MadeLesson.Sound(130, (0, 20, Speaker.Teacher), (22, 29, Speaker.Pupils), (35, 50, Speaker.Pupils),
            (61, 63, Speaker.Teacher), (95, 99, Speaker.Teacher));

        var sequence = TeachingSequence.Of(sound, Interval);

        sequence.Marks.ShouldBe([TeachingMark.Teacher, TeachingMark.Student, TeachingMark.Silence, TeachingMark.Teacher],
            "the last ten seconds are too short to count");
        sequence.N.ShouldBe(3);
        sequence.TeacherShare!.Value.ShouldBe(2 / 3.0, 1e-9);
        sequence.ChangeRate!.Value.ShouldBe(2 / 3.0, 1e-9);
    }

    [Theory]
    [InlineData("SSSSSSSTTT", TeachingMode.Practice)]
    [InlineData("TTTTTTTSSS", TeachingMode.Lecture)]
    [InlineData("TSTSTSTSTS", TeachingMode.Dialogue)]
    [InlineData("TTTTTSSSSS", TeachingMode.Mixed)]
    [InlineData("T-S-T-S-", TeachingMode.Dialogue)]
    public void The_mode_follows_from_rt_and_ch(string marks, TeachingMode mode) => Sequence(marks).Mode.ShouldBe(mode);

    [Fact]
    public void Without_speech_there_is_no_rt()
    {
        TeachingSequence silent = Sequence("----");

        silent.TeacherShare.ShouldBeNull();
        silent.ChangeRate.ShouldBeNull();
        silent.Mode.ShouldBeNull();
    }

    [Fact]
    public void Ch_never_exceeds_twice_the_smaller_share()
    {
        var random = new Random(11);
        for (int round = 0; round < 5000; round++)
        {
            double teacher = random.NextDouble(), silent = random.NextDouble() * 0.5;
            TeachingSequence sequence = Sequence(string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ =>
                random.NextDouble() < silent ? '-' : random.NextDouble() < teacher ? 'T' : 'S')));
            if (sequence.TeacherShare is { } rt)
            {
                sequence.ChangeRate!.Value.ShouldBeLessThanOrEqualTo(2 * Math.Min(rt, 1 - rt) + 1e-12);
            }
        }
    }

    private static TeachingSequence Sequence(string marks) => new(Interval, [.. marks.Select(mark => mark switch
    {
        'T' => TeachingMark.Teacher,
        'S' => TeachingMark.Student,
        _ => TeachingMark.Silence,
    })]);
}
