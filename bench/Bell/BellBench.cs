using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Analytics.Behaviours;
using Xunke.Bench.Records;
using Xunke.Web.Hosting;
using Xunke.Web.Lessons;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Bench.Bell;

using Lesson = Xunke.Actors.Lessons.Lesson;

/// <summary>
/// All rooms of the district have a lesson of 40 minutes that ends at one bell: how long until the last has its snapshot on record, and how
/// long the server takes to answer meanwhile, over a loop that computes the same snapshots on all cores and writes the same rows. Looks are
/// handed in once a second of the lesson, as fast as they are taken; nothing is heard.
/// </summary>
internal static class BellBench
{
    /// <summary>All ready in this time.</summary>
    private const double GoalSeconds = 60;

    private const double Goal = 2;
    private const int Minutes = 40;
    private const int Variants = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Until the bell, for the looks to be taken.</summary>
    private static readonly TimeSpan DefaultWait = TimeSpan.FromMinutes(3);

    /// <summary>Arguments: "postgresql", and how many seconds to leave for the looks (180).</summary>
    public static async Task<BenchResult?> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        TimeSpan wait = args.FirstOrDefault(word => int.TryParse(word, out _)) is { } seconds
            ? TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture))
            : DefaultWait;
        DateTime now = DateTime.Now;
        DateTime bell = Minute(now + wait), from = bell.AddMinutes(-Minutes);
        if (from.Date != bell.Date)
        {
            Console.WriteLine("A period does not go over midnight: try again in an hour.");
            return null;
        }

        await using RecordsServer server = await RecordsServer.StartAsync(
            args.Contains("postgresql"),
            ["--Demo:Timetable", "false", "--Lessons:Periods:0", $"{from:HH:mm}-{bell:HH:mm}", "--Lessons:AwayMinutes", "120",
                "--Lessons:LongestMinutes", "120", "--Lessons:Listen", "false"],
            cancellationToken);
        using HttpClient inspector = await server.SignInAsync("inspector", cancellationToken);
        string[] rooms =
            [.. server.Services.GetRequiredService<SchoolBook>().Schools.SelectMany(school => school.Rooms).Select(room => room.RoomId)];
        long began = Stopwatch.GetTimestamp();
        await WatchAsync(server.Services.GetRequiredService<MonitoringHost>().Running, rooms, from, DateTime.Now, cancellationToken);
        TimeSpan left = bell - DateTime.Now;
        Console.WriteLine(FormattableString.Invariant(
            $"{rooms.Length} rooms seen in {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s; {left.TotalSeconds:F0} s to the bell"));
        if (left < TimeSpan.Zero)
        {
            Console.WriteLine("The looks were not taken before the bell: leave more seconds for them.");
            return null;
        }

        await Task.Delay(left, cancellationToken);
        using var ready = new CancellationTokenSource();
        Task<double[]> asking = AskAsync(inspector, ready.Token, cancellationToken);
        TimeSpan processor = Process.GetCurrentProcess().TotalProcessorTime;
        await UntilReadyAsync(server.Services, rooms.Length, cancellationToken);
        double all = (DateTime.Now - bell).TotalSeconds;
        double cpu = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds;
        await ready.CancelAsync();
        double[] answered = await asking;
        double bare = await BareAsync(server.Services, cancellationToken);
        Console.WriteLine(FormattableString.Invariant(
            $"all ready {all:F1} s after the bell ({cpu:F1} s of CPU, goal {GoalSeconds} s); the bare loop took {bare:F1} s"));
        return new BenchResult(
            "bell", all / bare, Goal, "time from the bell to the last snapshot over a loop that computes and writes the same, at most",
            new Dictionary<string, double>
            {
                ["rooms"] = rooms.Length,
                ["allReadySeconds"] = all,
                ["bareSeconds"] = bare,
                ["answerP95Milliseconds"] = answered.Order().ElementAt((int)(answered.Length * 0.95)),
                ["answerMaxMilliseconds"] = answered.Max(),
            });
    }

    private static DateTime Minute(DateTime at) => at.Date.AddMinutes(Math.Ceiling((at - at.Date).TotalMinutes));

    private static async Task WatchAsync(
        MonitoringSystem running, string[] rooms, DateTime from, DateTime to, CancellationToken cancellationToken)
    {
        DateTimeOffset origin = from;
        BehaviourSample[][] looks = [.. Enumerable.Range(0, Variants).Select(seed =>
        {
            var pupils = new MadeClass(seed);
            return Enumerable.Range(0, (int)(to - from).TotalSeconds).Select(second => pupils.Look(origin.AddSeconds(second))).ToArray();
        })];
        for (int first = 0; first < looks[0].Length; first += 60)
        {
            for (int room = 0; room < rooms.Length; room++)
            {
                foreach (BehaviourSample look in looks[room % Variants].Skip(first).Take(60))
                {
                    running.Pipeline.OnSample(rooms[room], look);
                }
            }

            // Answered behind what was told: a room's queue is bounded.
            await Task.WhenAll(rooms.Select(room => running.AskLessonAsync(room, new GetLesson(), cancellationToken)));
        }
    }

    private static async Task UntilReadyAsync(IServiceProvider services, int lessons, CancellationToken cancellationToken)
    {
        var factory = services.GetRequiredService<IDbContextFactory<RecordsContext>>();
        long began = Stopwatch.GetTimestamp();
        int ready = 0;
        while (ready < lessons)
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
            {
                throw new TimeoutException($"Of {lessons} lessons {ready} have their snapshots {Patience.TotalSeconds} s after the bell.");
            }

            await Task.Delay(200, cancellationToken);
            await using RecordsContext records = await factory.CreateDbContextAsync(cancellationToken);
            ready = await records.Lessons.CountAsync(lesson => lesson.Ended && lesson.Figures != null, cancellationToken);
        }
    }

    /// <summary>What a page waits for, again and again.</summary>
    private static async Task<double[]> AskAsync(HttpClient inspector, CancellationToken until, CancellationToken cancellationToken)
    {
        var took = new List<double>();
        while (!until.IsCancellationRequested)
        {
            long asked = Stopwatch.GetTimestamp();
            using HttpResponseMessage answer = await inspector.GetAsync("/api/lessons?take=20", cancellationToken);
            answer.EnsureSuccessStatusCode();
            took.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            await Task.Delay(50, cancellationToken);
        }

        return [.. took];
    }

    private static async Task<double> BareAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var factory = services.GetRequiredService<IDbContextFactory<RecordsContext>>();
        List<Lesson> lessons;
        await using (RecordsContext records = await factory.CreateDbContextAsync(cancellationToken))
        {
            lessons = await records.Lessons.AsNoTracking().ToListAsync(cancellationToken);
        }

        long began = Stopwatch.GetTimestamp();
        Parallel.ForEach(lessons, lesson =>
        {
            lesson.Snapshot = FrozenSnapshot.Make(lesson, room: null, lesson.SchoolId, BookNames.None);
            lesson.Figures = LessonComparison.FiguresOf(lesson.Snapshot);
        });
        foreach (Lesson[] some in lessons.Chunk(100))
        {
            await using RecordsContext records = await factory.CreateDbContextAsync(cancellationToken);
            records.UpdateRange(some.AsEnumerable());
            await records.SaveChangesAsync(cancellationToken);
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
