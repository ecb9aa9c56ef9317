using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Actors.Lessons;
using Xunke.Actors.Live;
using Xunke.Actors.Records;
using Xunke.Analytics.Stills;
using Xunke.Tests.Actors.Lessons;
using Xunke.Tests.Analytics.Lessons;
using Xunke.Tests.Support;

namespace Xunke.Tests.Web.Lessons;

/// <summary>The program itself is killed while it makes the snapshots of many lessons, and started again.</summary>
public sealed class SnapshotCrashTests : IAsyncDisposable
{
    private const int Seconds = 2400;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-1);

    private readonly RunningProgram _program = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    [Fact]
    public async Task Killed_while_it_makes_snapshots_the_next_start_makes_the_others_and_none_twice()
    {
        await _program.StartAsync();
        var rooms = new List<RoomRegistration>();
        foreach (string school in await IdsAsync("/api/schools", "schoolId"))
        {
            rooms.AddRange((await IdsAsync($"/api/admin/rooms?schoolId={school}", "roomId"))
                .Select(room => new RoomRegistration(room, school, 40)));
        }

        await _program.StopAsync();
        Guid[] lessons = await LeaveAsync(rooms);
        lessons.Length.ShouldBeGreaterThan(20, "too few to kill it among them");

        Task starting = _program.StartAsync();
        await Eventually.TrueAsync(async () => await MadeAsync() >= 3, Patience);
        await _program.KillAsync();
        await starting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        int made = await MadeAsync();
        made.ShouldBeLessThan(lessons.Length, "all were made before it could be killed");

        await _program.StartAsync();
        await Eventually.TrueAsync(async () => await MadeAsync() == lessons.Length && Left() == 0, Patience);
        await using SqliteRecords records = Open();
        List<Lesson> kept = await records.Lessons.AsNoTracking().ToListAsync(Cancelled);
        kept.Select(lesson => lesson.Id).ShouldBe(lessons, ignoreOrder: true);
        kept.ShouldAllBe(lesson => lesson.Ended && SampleTape.Read(lesson.Samples, lesson.From).Count() == Seconds / 2);
        (DateTimeOffset At, Guid LessonId)[] stills =
            [.. (await records.LessonStills.AsNoTracking().ToListAsync(Cancelled)).Select(still => (still.At, still.LessonId))];
        stills.Select(still => still.LessonId).Distinct().Count().ShouldBe(lessons.Length);
        stills.Distinct().Count().ShouldBe(stills.Length, "no still is there twice");
    }

    private async Task<string[]> IdsAsync(string path, string name) =>
        [.. (await (await _program.Http.GetAsync(path, Cancelled)).JsonAsync()).EnumerateArray()
            .Select(one => one.GetProperty(name).GetString()!)];

    /// <summary>How many snapshots are on record; 0 before there is a database.</summary>
    private async Task<int> MadeAsync()
    {
        await using SqliteRecords records = Open();
        return await records.Lessons.CountAsync(lesson => lesson.Snapshot != null, Cancelled);
    }

    private int Left() => Directory.GetFiles(Path.Combine(_program.Data, "lessons")).Length;

    private SqliteRecords Open() => new(new DbContextOptionsBuilder<SqliteRecords>()
        .UseSqlite(SqliteDatabase.ConnectionString(Path.Combine(_program.Data, "xunke.db"))).Options);

    /// <summary>What a server leaves that was killed in the middle of a lesson of each room: all that was seen, and stills.</summary>
    private async Task<Guid[]> LeaveAsync(IReadOnlyList<RoomRegistration> rooms)
    {
        var spools = new LessonSpools(Path.Combine(_program.Data, "lessons"), NullLogger<LessonSpools>.Instance);
        var left = new List<Guid>();
        foreach (RoomRegistration room in rooms)
        {
            var lessons = new RoomLessons(() => room, RoomLessonsTests.Rules, new OneTimetable(null));
            for (int second = 0; second < Seconds; second += 2)
            {
                // Ten minutes with all hands raised: a moment to look at.
                bool isAsked = second is > 900 and < 1500;
                lessons.Take(MadeLesson.Sample(second, 30, up: isAsked ? 5 : 20, hands: isAsked ? 25 : 0) with { At = From.AddSeconds(second) });
            }

            LessonInHand lesson = lessons.Current.ShouldNotBeNull();
            (await spools.KeepAsync(lesson)).ShouldBeTrue();
            for (int second = 10; second < Seconds; second += 60)
            {
                (await spools.Stills.KeepAsync(lesson, new Still(From.AddSeconds(second), new byte[] { 1, 2, 3 }))).ShouldBeTrue();
            }

            spools.Close(lesson, delete: false);
            left.Add(lesson.Head.Id);
        }

        return [.. left];
    }
}
