using System.Runtime.Versioning;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using OpenCvSharp;
using Xunke.Actors.Books;
using Xunke.Actors.Lessons;
using Xunke.Actors.Live;
using Xunke.Actors.Records;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Speech;
using Xunke.Analytics.Stills;
using Xunke.Tests.Support;

namespace Xunke.Tests.Web.Lessons;

/// <summary>In the middle of a real lesson its listener is killed, and then the server itself.</summary>
[SupportedOSPlatform("linux")]
public sealed class LessonCrashTests : IAsyncDisposable
{
    private const string Room = "s01-101";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // Nobody is there for the time of a restart on a busy machine, and the lesson goes on all the same.
    private readonly RunningProgram _program =
        new("--Lessons:ShortestMinutes", "0", "--Lessons:AwayMinutes", "10", "--Lessons:StillEverySeconds", "4");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    [Fact]
    public async Task Killed_listeners_and_a_killed_server_cost_seconds_of_one_and_the_same_lesson()
    {
        await _program.StartAsync();
        DateTimeOffset seen, killed;
        double heard;
        await using (await _program.ShowClassAsync(Room))
        {
            await using HubConnection hub = _program.Administrator.Build();
            RoomView? newest = null;
            hub.On<RoomView>("Room", view => newest = view);
            await hub.StartAsync(Cancelled);
            await hub.InvokeAsync<RoomView>("WatchRoom", Room, Cancelled);
            await Eventually.TrueAsync(async () => await HeardAsync() > 10, Patience);
            for (int kill = 0; kill < 3; kill++)
            {
                int listener = Listener().ShouldNotBeNull();
                ChildProcesses.Signal("-KILL", listener);
                await Eventually.TrueAsync(() => Task.FromResult(Listener() is { } next && next != listener), Patience);
                double before = await HeardAsync();
                await Eventually.TrueAsync(async () => await HeardAsync() > before + 5, Patience);
            }

            await Eventually.TrueAsync(() => newest is { People: >= 8 }, within: Patience);
            heard = await HeardAsync();
            seen = newest!.At;
            await Eventually.TrueAsync(() => Task.FromResult(Stills().Count >= 2), Patience);
            await _program.KillAsync();
            killed = DateTimeOffset.UtcNow;
        }

        IReadOnlyList<Still> made = Stills();
        ShouldShowNobody(made);

        await _program.StartAsync();
        (await HeardAsync()).ShouldBeGreaterThan(heard - 5, "what was heard before is there at once");
        await using (await _program.ShowClassAsync(Room))
        {
            await Eventually.TrueAsync(async () => await HeardAsync() > (DateTimeOffset.UtcNow - killed).TotalSeconds / 2 + heard, Patience);
            await Task.Delay(TimeSpan.FromSeconds(8), Cancelled);
        }

        await Eventually.TrueAsync(() => Task.FromResult(Stills().Count > made.Count), Patience);
        await _program.StopAsync();
        IReadOnlyList<Still> after = Stills();
        after.Take(made.Count).Select(still => still.At).ShouldBe(made.Select(still => still.At), "what was made before the crash is there");
        ShouldShowNobody(after);
        Lesson lesson = (await LessonsAsync()).ShouldHaveSingleItem();
        DateTimeOffset[] samples = [.. SampleTape.Read(lesson.Samples, lesson.From).Select(sample => sample.At)];
        samples.ShouldBeInOrder();
        samples.Distinct().Count().ShouldBe(samples.Length, "nothing is there twice");
        samples.ShouldContain(at => at > seen.AddSeconds(-5) && at <= killed);
        samples.ShouldContain(at => at > killed);
        HeardLesson sound = HeardTape.Read(lesson.Sound.ShouldNotBeNull());
        double crash = (killed - lesson.From).TotalSeconds;
        SoundGap away = sound.Gaps.Where(gap => gap.End.TotalSeconds > heard - 5).ShouldHaveSingleItem();
        away.Start.TotalSeconds.ShouldBeInRange(heard - 5, crash + 1);
        away.End.TotalSeconds.ShouldBeGreaterThan(crash);
        sound.Duration.ShouldBeGreaterThan(away.End + TimeSpan.FromSeconds(2));
        sound.Gaps.Where(gap => gap.Start.TotalSeconds > 2 && gap != away).Sum(gap => (gap.End - gap.Start).TotalSeconds).ShouldBeLessThan(15, "three listeners");

        await _program.StartAsync();
        JsonElement snapshot = await (await _program.Http.GetAsync($"/api/lessons/{lesson.Id}", Cancelled)).JsonAsync();
        snapshot.GetProperty("lesson").GetProperty("interactionPerMinute").GetProperty("coverage").GetDouble().ShouldBeLessThan(0.99);
        snapshot.GetProperty("notes").EnumerateArray().Select(note => note.GetProperty("code").GetString()).ShouldContain("sound-gaps");
        JsonElement listed = await (await _program.Http.GetAsync($"/api/lessons?roomId={Room}", Cancelled)).JsonAsync();
        listed.EnumerateArray().ShouldHaveSingleItem().GetProperty("lessonId").GetGuid().ShouldBe(lesson.Id);
    }

    /// <summary>The stills that wait for the lesson's end.</summary>
    private IReadOnlyList<Still> Stills() =>
        Directory.Exists(Path.Combine(_program.Data, "lessons")) && Directory.GetFiles(Path.Combine(_program.Data, "lessons"), "*.stills") is [var only]
            ? StillSpool.Read(only)
            : [];

    /// <summary>No still has more pixels than hide an overlooked head, and nowhere else in the data directory is a picture.</summary>
    private void ShouldShowNobody(IReadOnlyList<Still> stills)
    {
        foreach (Still still in stills)
        {
            using Mat picture = Cv2.ImDecode(still.Jpeg.ToArray(), ImreadModes.Color);
            Math.Max(picture.Width, picture.Height).ShouldBeInRange(16, 96);
        }

        byte[][] beginnings = [[0xFF, 0xD8, 0xFF, 0xE0], [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A]];
        foreach (string path in Directory.EnumerateFiles(_program.Data, "*", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(".stills", StringComparison.Ordinal) && !path.EndsWith(".onnx", StringComparison.Ordinal)))
        {
            byte[] content = File.ReadAllBytes(path);
            foreach (byte[] beginning in beginnings)
            {
                content.AsSpan().IndexOf(beginning).ShouldBe(-1, path);
            }
        }
    }

    /// <summary>How many seconds of the lesson that goes on were listened to, gaps included.</summary>
    private async Task<double> HeardAsync()
    {
        JsonElement speech = await (await _program.Http.GetAsync($"/api/rooms/{Room}/speech", Cancelled)).JsonAsync();
        return speech.GetProperty("windows").EnumerateArray().Select(window => window.GetProperty("to").GetDouble()).LastOrDefault();
    }

    /// <summary>The server's child that decodes sound.</summary>
    private int? Listener() => ChildProcesses.Find(_program.ProcessId, "f32le");

    private async Task<List<Lesson>> LessonsAsync()
    {
        await using var records = new SqliteRecords(new DbContextOptionsBuilder<SqliteRecords>()
            .UseSqlite(SqliteDatabase.ConnectionString(Path.Combine(_program.Data, "xunke.db"))).Options);
        return await records.Lessons.AsNoTracking().ToListAsync(Cancelled);
    }
}
