using Xunke.Analytics.Speech;
using Xunke.Tests.Streaming.Recording;
using Xunke.Tests.Support;
using Xunke.Tests.Support.Speaking;

namespace Xunke.Tests.Streaming.Decoding.Sound;

/// <summary>Real Opus packets through the real decoder.</summary>
public sealed class RoomSoundTests(MadeClips clips) : IClassFixture<MadeClips>
{
    private const int Rate = SoundFormat.Rate;

    [Fact]
    public async Task Sound_comes_out_where_it_was_said_with_what_came_before_and_gaps_as_silence()
    {
        await using var room = new SoundRoom();
        IReadOnlyList<byte[]> tone = await clips.ToneAsync();
        room.Time.Advance(TimeSpan.FromSeconds(3));
        await room.SendAsync(tone.Take(100));
        room.Skip(2);
        await room.SendAsync(tone.Take(100));
        await room.EndAsync();

        room.Channels.ShouldBe(1);
        ((double)room.Heard.Count / Rate).ShouldBe(9, 0.15);
        room.LevelOf(0.5, 2.8).ShouldBeLessThan(-80);
        room.LevelOf(3.3, 4.8).ShouldBeGreaterThan(-30);
        room.LevelOf(5.3, 6.8).ShouldBeLessThan(-80);
        room.LevelOf(7.3, 8.8).ShouldBeGreaterThan(-30);
        room.Gaps.Select(gap => (Math.Round(gap.From), Math.Round(gap.To))).ShouldBe([(0, 3), (5, 7)]);
    }

    [Fact]
    public async Task What_is_no_opus_is_passed_over_and_the_rest_is_heard()
    {
        await using var room = new SoundRoom();
        IReadOnlyList<byte[]> tone = await clips.ToneAsync();
        var random = new Random(5);
        await room.SendAsync(tone.Take(100).Select((packet, i) =>
        {
            if (i % 10 == 3)
            {
                packet = new byte[random.Next(1, 1200)];
                random.NextBytes(packet);
            }

            return packet;
        }));
        await room.SendAsync(tone.Take(150));
        await room.EndAsync();

        room.LevelOf(3, 4.5).ShouldBeGreaterThan(-30);
    }

    [Fact]
    public async Task A_spoken_lesson_that_came_as_packets_is_told_apart_as_the_same_lesson_from_a_file()
    {
        var lesson = SpokenLesson.Make(SpokenLessons.HeldOut["Michael and others"]);
        string raw = Path.Combine(clips.Folder, "lesson.f32");
        await File.WriteAllBytesAsync(raw, System.Runtime.InteropServices.MemoryMarshal.AsBytes(lesson.Room.AsSpan())
            .ToArray(), TestContext.Current.CancellationToken);
        string coded = clips.Make(
            "lesson.mkv", "-f", "f32le", "-ar", $"{Rate}", "-ac", "1", "-i", raw, "-f", "lavfi", "-i", "color=black:s=64x64:r=1",
            "-shortest", "-c:v", "libx264", "-c:a", "libopus", "-b:a", "32k", "-frame_duration", "20");
        await using var room = new SoundRoom();
        await room.SendAsync(await MediaProbe.OpusPacketsAsync(coded));
        await room.EndAsync();

        using var listener = new LessonListener(room.Channels);
        listener.Hear([.. room.Heard]);
        HeardWindow[] soFar = [.. listener.SoFar(TimeSpan.FromMinutes(2))];
        HeardLesson heard = listener.Finish();

        (double teacher, double pupils) = lesson.Talk();
        double seconds = lesson.Room.Length / (double)Rate;
        var figures = SpeechFigures.Of(heard);
        figures.TeacherShare.ShouldBe(teacher / seconds, 0.05);
        figures.PupilShare.ShouldBe(pupils / seconds, 0.05);
        soFar.Length.ShouldBeInRange(2, 3);
        soFar.Sum(window => window.SpeechShare * (window.To - window.From).TotalSeconds)
            .ShouldBe((figures.TeacherShare + figures.PupilShare) * seconds, 0.05 * seconds);
        soFar.Take(2).ShouldAllBe(window => window.Level > -60 && window.Loudest >= window.Level);
    }
}
