using System.Diagnostics;
using System.Runtime.Versioning;
using Xunke.Tests.Support;

namespace Xunke.Tests.Streaming.Decoding.Sound;

/// <summary>The decoder of a lesson's sound dies, hangs or cannot be started: that costs seconds, and they are told.</summary>
[SupportedOSPlatform("linux")]
public sealed class SoundChildTests(MadeClips clips) : IClassFixture<MadeClips>
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_decoder_that_is_killed_again_and_again_costs_only_what_it_held()
    {
        await using var room = new SoundRoom();
        IReadOnlyList<byte[]> tone = await clips.ToneAsync();
        for (var kill = 0; kill < 3; kill++)
        {
            await room.SendAsync(tone);
            await Eventually.TrueAsync(() => room.Seconds > 6 * kill + 3, within: Long);
            int killed = room.ProcessId.ShouldNotBeNull();
            ChildProcesses.Signal("-KILL", killed);

            // The test's clock runs so fast that seconds of sound would go into the pipe of a child that is about to die.
            await Eventually.TrueAsync(() => room.ProcessId != killed, within: Long);
            room.Skip(2);
        }

        await room.SendAsync(tone);
        await room.EndAsync();

        room.Seconds.ShouldBe(22, 0.3);
        for (var part = 0; part < 4; part++)
        {
            room.LevelOf(6 * part + 0.5, 6 * part + 2.5).ShouldBeGreaterThan(-30, $"part {part}");
        }

        room.Gaps.Count.ShouldBe(3);
        for (var gap = 0; gap < 3; gap++)
        {
            room.Gaps[gap].From.ShouldBeInRange(6 * gap + 2.9, 6 * gap + 4.5);
            room.Gaps[gap].To.ShouldBe(6 * gap + 6, 0.5);
        }
    }

    [Theory]
    [InlineData("exit 0")]
    [InlineData("exit 3")]
    [InlineData("kill -9 $$")]
    [InlineData("echo no room >&2; exit 1")]
    [InlineData("head -c 1000 /dev/zero; exit 0")]
    [InlineData("exec sleep 600")]
    [InlineData("exec cat >/dev/null")]
    [InlineData("exec 1>&-; exec cat >/dev/null")]
    [InlineData("exec 0<&-; exec sleep 600")]
    [InlineData("exec 2>&-; exec sleep 600")]
    public async Task A_decoder_that_fails_twice_is_started_again_and_the_rest_is_heard(string failure)
    {
        // The test's clock is quick, so it has to wait for what really takes time.
        await using var room = new SoundRoom(Program(failure, times: 2), patience: 1);
        IReadOnlyList<byte[]> tone = await clips.ToneAsync();
        await Eventually.TrueAsync(
            async () =>
            {
                await room.SendAsync(tone.Take(50));
                return room.Heard.TakeLast(8000).Any(sample => Math.Abs(sample) > 0.01);
            },
            Long);
        double before = room.Seconds;
        await room.SendAsync(tone);
        await room.EndAsync();

        room.LevelOf(before + 1, before + 3).ShouldBeGreaterThan(-30);
        // One that ends before it was given anything costs nothing; one that lasts swallows what it is given.
        bool lasts = failure.Contains("exec", StringComparison.Ordinal);
        room.Gaps.Count.ShouldBeGreaterThanOrEqualTo(lasts ? 1 : 0);
        room.Gaps.Take(1).ShouldAllBe(gap => gap.From < 0.5);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("not-executable")]
    public async Task Without_a_decoder_the_lesson_ends_all_the_same(string name)
    {
        string path = Path.Combine(clips.Folder, name);
        if (name == "not-executable")
        {
            await File.WriteAllTextAsync(path, "no program", TestContext.Current.CancellationToken);
        }

        await using var room = new SoundRoom(path);
        IReadOnlyList<byte[]> tone = await clips.ToneAsync();
        await room.SendAsync(tone.Take(90));
        long started = Stopwatch.GetTimestamp();
        await room.EndAsync();

        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(9), "nothing is left to wait for");
        room.Heard.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_decoder_that_was_stopped_is_replaced()
    {
        await using var room = new SoundRoom(patience: 2);
        IReadOnlyList<byte[]> tone = await clips.ToneAsync();
        await room.SendAsync(tone);
        await Eventually.TrueAsync(() => room.Seconds > 3, within: Long);
        int first = room.ProcessId.ShouldNotBeNull();
        ChildProcesses.Signal("-STOP", first);
        await room.SendAsync(tone);
        await Eventually.TrueAsync(() => room.ProcessId != first, within: Long);
        await room.SendAsync(tone);
        await room.SendAsync(tone);
        await room.EndAsync();

        room.LevelOf(13, 15.5).ShouldBeGreaterThan(-30);
        room.Gaps.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_receiver_that_throws_gets_what_comes_later()
    {
        await using var room = new SoundRoom { Throws = 2 };
        IReadOnlyList<byte[]> tone = await clips.ToneAsync();
        await Eventually.TrueAsync(
            async () =>
            {
                await room.SendAsync(tone.Take(50));
                return room.Heard.Count > 16_000;
            },
            Long);
        await room.EndAsync();
        room.Throws.ShouldBe(0);
    }

    /// <summary>A program that fails so many times in a way, and is FFmpeg from then on.</summary>
    private string Program(string failure, int times)
    {
        string name = Path.Combine(clips.Folder, $"decoder-{Guid.NewGuid():N}");
        File.WriteAllText(name, $"""
            #!/bin/sh
            echo again >> {name}.count
            if [ $(wc -l < {name}.count) -le {times} ]; then {failure}; fi
            exec ffmpeg "$@"
            """);
        File.SetUnixFileMode(name, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return name;
    }
}
