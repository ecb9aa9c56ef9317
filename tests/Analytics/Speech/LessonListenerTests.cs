using Xunke.Analytics.Speech;
using Xunke.Streaming.Decoding;
using Xunke.Tests.Support;

namespace Xunke.Tests.Analytics.Speech;

public sealed class LessonListenerTests
{
    [Fact]
    public void Noise_and_silence_hold_no_speech()
    {
        var random = new Random(5);
        float[] sound = [.. Enumerable.Range(0, 10 * SoundFormat.Rate)
            .Select(i => i < 5 * SoundFormat.Rate ? 0 : (float)(random.NextDouble() - 0.5) * 0.2f)];

        HeardLesson heard = Listen(sound);

        heard.Parts.ShouldBeEmpty();
        heard.Method.ShouldBe(SeparationMethod.None);
        heard.Levels[0].ShouldBe(-100);
        heard.Levels[9].ShouldBeInRange(-30, -20);
        var figures = SpeechFigures.Of(heard);
        figures.SilenceShare.ShouldBe(1);
        figures.MedianWait.ShouldBeNull();
        figures.Confidence.ShouldBeNull();
    }

    [Fact]
    public void What_is_no_number_is_heard_as_silence()
    {
        float[] sound = [.. Enumerable.Range(0, 2 * SoundFormat.Rate)
            .Select(i => i % 3 == 0 ? float.NaN : i % 3 == 1 ? float.PositiveInfinity : -1e30f)];

        HeardLesson heard = Listen(sound);

        heard.Levels.ShouldAllBe(level => double.IsFinite(level));
    }

    [Fact]
    public void Nothing_heard_gives_an_empty_lesson()
    {
        HeardLesson heard = Listen([]);

        heard.Duration.ShouldBe(TimeSpan.Zero);
        SpeechFigures.Of(heard).Turns.ShouldBe(0);
    }

    [Fact]
    public async Task Rooms_that_are_heard_at_once_hear_what_each_would_alone()
    {
        var minute = new List<float>();
        await foreach (ReadOnlyMemory<float> block in AudioFileReader.ReadAsync(
            Clips.Front, 1, SoundFormat.Rate, null, TestContext.Current.CancellationToken))
        {
            minute.AddRange(block.Span);
        }

        float[][] rooms =
            [.. Enumerable.Range(0, 4).Select(room => minute.Skip(5 * room * SoundFormat.Rate).Take(20 * SoundFormat.Rate).ToArray())];
        float[][] alone = Array.ConvertAll(rooms, Probabilities);
        float[][] together = await Task.WhenAll(rooms.Select(room => Task.Run(() => Probabilities(room))));

        together.ShouldBe(alone);
        alone.ShouldAllBe(probabilities => probabilities.Max() > 0.9f && probabilities.Min() < 0.1f);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Other_than_one_or_two_channels_are_refused(int channels) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new LessonListener(channels));

    private static float[] Probabilities(float[] sound)
    {
        using var detector = new VoiceDetector(VoiceDetector.DefaultPath);
        return [.. Enumerable.Range(0, sound.Length / SoundFormat.Chunk)
            .Select(chunk => detector.Hear(sound.AsSpan(chunk * SoundFormat.Chunk, SoundFormat.Chunk)))];
    }

    private static HeardLesson Listen(float[] samples)
    {
        using var listener = new LessonListener(1);
        listener.Hear(samples);
        return listener.Finish();
    }
}
