using System.Collections.Immutable;
using Xunke.Analytics.Speech;

namespace Xunke.Tests.Analytics.Speech;

/// <summary>From likelihoods to speech, from sound to pitch, from parts to figures.</summary>
public sealed class SpeechMeasuresTests
{
    [Fact]
    public void Speech_begins_high_and_goes_on_until_quiet_has_lasted()
    {
        float[] likely = [0.4f, 0.6f, 0.4f, 0.4f, 0.6f, 0.1f, 0.1f, 0.1f, 0.4f, 0.4f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.4f];

        SpeechFinder.Find(likely).ShouldBe([new SpeechSpan(1, 10)]);
    }

    [Fact]
    public void A_click_is_no_speech() => SpeechFinder.Find([0, 0.9f, 0.9f, 0, 0, 0, 0, 0, 0]).ShouldBeEmpty();

    [Fact]
    public void Speech_at_the_end_of_the_recording_is_kept() =>
        SpeechFinder.Find([.. Enumerable.Repeat(0.9f, 10)]).ShouldBe([new SpeechSpan(0, 10)]);

    [Theory]
    [InlineData(85)]
    [InlineData(210)]
    [InlineData(390)]
    public void The_pitch_of_a_buzz_is_its_own_and_not_its_octave(double hertz)
    {
        var random = new Random(3);
        float[] buzz = [.. Enumerable.Range(0, PitchMeter.Window).Select(i =>
            (float)(Enumerable.Range(1, 8).Sum(harmonic => Math.Sin(2 * Math.PI * hertz * harmonic * i / SoundFormat.Rate) / harmonic)
                + (random.NextDouble() - 0.5) * 0.3))];

        new PitchMeter().Measure(buzz)!.Value.ShouldBe((float)hertz, (float)hertz * 0.02f);
    }

    [Fact]
    public void Noise_and_silence_have_no_pitch()
    {
        var random = new Random(4);
        var meter = new PitchMeter();

        meter.Measure(new float[PitchMeter.Window]).ShouldBeNull();
        meter.Measure([.. Enumerable.Range(0, PitchMeter.Window).Select(_ => (float)random.NextDouble() - 0.5f)]).ShouldBeNull();
    }

    [Fact]
    public void Microphones_that_hear_the_same_have_no_border() =>
        ChannelBorder.Find([0.5, -1, 1.2, 0.1, -0.4, 0.3]).ShouldBeNull();

    [Fact]
    public void Microphones_that_differ_are_parted_in_the_middle() =>
        ChannelBorder.Find([11, 12, 13, -8, -9, -10])!.At.ShouldBe(1.5, 0.01);

    [Fact]
    public void Figures_follow_from_who_spoke_when()
    {
        HeardLesson lesson = Lesson(60, (0, 20, Speaker.Teacher), (22, 30, Speaker.Pupils), (31, 35, Speaker.Teacher),
            (36, 39, Speaker.Teacher), (55, 58, Speaker.Pupils));

        var figures = SpeechFigures.Of(lesson);

        figures.TeacherShare.ShouldBe(27 / 60.0, 1e-9);
        figures.PupilShare.ShouldBe(11 / 60.0, 1e-9);
        figures.SilenceShare.ShouldBe(22 / 60.0, 1e-9);
        figures.Turns.ShouldBe(4);
        figures.TurnsPerMinute.ShouldBe(4);
        figures.Waits.ShouldBe(1, "sixteen seconds later nobody answers any more");
        figures.MedianWait.ShouldBe(2);
    }

    [Fact]
    public void Figures_of_a_stretch_count_what_lies_in_it()
    {
        HeardLesson lesson = Lesson(60, (0, 20, Speaker.Teacher), (22, 30, Speaker.Pupils));

        var figures = SpeechFigures.Of(lesson, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));

        figures.TeacherShare.ShouldBe(0.5);
        figures.PupilShare.ShouldBe(0.4);
        figures.Turns.ShouldBe(1);
    }

    private static HeardLesson Lesson(double seconds, params (double From, double To, Speaker Speaker)[] parts) => new(
        TimeSpan.FromSeconds(seconds),
        [.. parts.Select(part => new SpokenPart(TimeSpan.FromSeconds(part.From), TimeSpan.FromSeconds(part.To), part.Speaker, 0.9))],
        SeparationMethod.Voices,
        ImmutableArray<double>.Empty);
}
