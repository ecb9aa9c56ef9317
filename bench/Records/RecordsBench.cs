using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Xunke.Bench.Records;

/// <summary>
/// What pages wait for when a term is on record: the requests that they make, one after another, of a server with 200,000 lessons on
/// PostgreSQL (20,000 on SQLite), over the same with a fiftieth of them.
/// </summary>
internal static class RecordsBench
{
    /// <summary>A table fifty times as large may cost an index half as much again, and not fifty times.</summary>
    private const double Goal = 2;

    private const int Smaller = 50;
    private const int Rounds = 40;

    /// <summary>Arguments: "sqlite", and how many lessons.</summary>
    public static async Task<BenchResult?> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        bool sqlite = args.Contains("sqlite");
        int lessons = args.FirstOrDefault(word => int.TryParse(word, out _)) is { } number
            ? int.Parse(number, CultureInfo.InvariantCulture)
            : sqlite ? 20_000 : 200_000;
        await using RecordsServer server = await RecordsServer.StartAsync(!sqlite, ["--Lessons:TeacherFirstHours", "0"], cancellationToken);
        using HttpClient inspector = await server.SignInAsync("inspector", cancellationToken);
        using HttpClient principal = await server.SignInAsync("principal", cancellationToken);
        using HttpClient teacher = await server.SignInAsync("teacher", cancellationToken);
        var term = new RecordedTerm(server.Services);
        await term.WriteAsync(0, lessons / Smaller, cancellationToken);
        Dictionary<string, double> before = await MeasureAsync(inspector, principal, teacher, cancellationToken);
        long began = Stopwatch.GetTimestamp();
        await term.WriteAsync(lessons / Smaller, lessons, cancellationToken);
        Console.WriteLine($"{lessons} lessons written, the most of them in {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s");
        Dictionary<string, double> after = await MeasureAsync(inspector, principal, teacher, cancellationToken);
        foreach ((string page, double p95) in after)
        {
            Console.WriteLine(FormattableString.Invariant($"{page,-34} p95 {before[page],7:F1} ms  {p95,7:F1} ms"));
        }

        return new BenchResult(
            "records", after.Values.Max() / before.Values.Max(), Goal,
            "p95 of the slowest request with all lessons on record over the same with a fiftieth of them, at most",
            new Dictionary<string, double>
            {
                ["lessons"] = lessons,
                ["p95Milliseconds"] = after.Values.Max(),
                ["p95MillisecondsBefore"] = before.Values.Max(),
                ["bytesPerLesson"] = term.BytesPerLesson,
            });
    }

    private static async Task<Dictionary<string, double>> MeasureAsync(
        HttpClient inspector, HttpClient principal, HttpClient teacher, CancellationToken cancellationToken)
    {
        JsonElement[] listed = await ListAsync(inspector, "/api/lessons?take=500", cancellationToken);
        JsonElement[] ofSchool = await ListAsync(principal, "/api/lessons?take=500", cancellationToken);
        string Id(int round) => listed[round * 12 % listed.Length].GetProperty("lessonId").GetString()!;
        string Of(int round, string name) => listed[round * 12 % listed.Length].GetProperty(name).GetString()!;
        string since = Uri.EscapeDataString(DateTimeOffset.UtcNow.AddDays(-7).ToString("O", CultureInfo.InvariantCulture));
        (string Page, HttpClient Who, Func<int, string> Url)[] requests =
        [
            ("lessons of the district", inspector, _ => "/api/lessons?take=100"),
            ("lessons of a week", inspector, _ => $"/api/lessons?take=100&from={since}"),
            ("lessons of a school", inspector, round => $"/api/lessons?take=100&schoolId={Of(round, "schoolId")}"),
            ("lessons of a room", inspector, round => $"/api/lessons?take=100&roomId={Of(round, "roomId")}"),
            ("lessons of a teacher", inspector, round => $"/api/lessons?take=100&teacherId={Of(round, "teacherId")}"),
            ("lessons, as a principal", principal, _ => "/api/lessons?take=100"),
            ("a snapshot", inspector, round => $"/api/lessons/{Id(round)}"),
            ("a snapshot, as a principal", principal, round =>
                $"/api/lessons/{ofSchool[round % ofSchool.Length].GetProperty("lessonId").GetString()}"),
            ("a lesson's seats", inspector, round => $"/api/lessons/{Id(round)}/seats?from=600&to=660"),
            ("what is said of a lesson", inspector, round => $"/api/lessons/{Id(round)}/review"),
            ("visits", inspector, _ => "/api/visits?take=100"),
            ("a teacher's week", teacher, _ => "/api/timetable/week"),
            ("lessons, as a teacher", teacher, _ => "/api/lessons?take=100"),
        ];
        var found = new Dictionary<string, double>();
        foreach ((string page, HttpClient who, Func<int, string> url) in requests)
        {
            var took = new List<double>();
            for (int round = -5; round < Rounds; round++)
            {
                long asked = Stopwatch.GetTimestamp();
                using HttpResponseMessage answer = await who.GetAsync(url(Math.Max(round, 0)), cancellationToken);
                await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken);
                if (round >= 0)
                {
                    took.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                }
            }

            found[page] = took.Order().ElementAt((int)(Rounds * 0.95));
        }

        return found;
    }

    private static async Task<JsonElement[]> ListAsync(HttpClient who, string url, CancellationToken cancellationToken) =>
        [.. JsonSerializer.Deserialize<JsonElement>(await who.GetByteArrayAsync(url, cancellationToken)).EnumerateArray()];
}
