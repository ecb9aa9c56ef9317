using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Analytics.Models;
using Xunke.Web;
using Xunke.Web.Configuration;

namespace Xunke.Bench.Import;

/// <summary>
/// One file with the timetables of a whole district, 965 classes with 40 lessons a week: how long until a person sees what it would
/// change, and until it is on record. The same rows by a bare bulk insert, in the same run and database, say what of that is ours.
/// </summary>
internal static class ImportBench
{
    private const string Password = "bench-of-the-district";
    private const double GoalSeconds = 20;

    /// <summary>Runs the bench; <c>--database "Host=..."</c> takes PostgreSQL in place of SQLite.</summary>
    public static async Task<BenchResult?> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("xunke-bench-");
        try
        {
            await using WebApplication app = Server.Build(StartArguments.Parse(
            [
                "--urls", "http://127.0.0.1:0", "--data", data.FullName, "--Media:UdpPort", "0", "--Decoding:Workers", "1",
                "--Analysis:Workers", "1", "--Analysis:ModelDirectory", ModelStore.SharedCacheDirectory,
                "--Demo:Password", Password, "--Demo:Cameras", "false", "--Logging:LogLevel:Default", "Warning", .. args,
            ]));
            await app.StartAsync(cancellationToken);
            BenchResult result = await MeasureAsync(app, args.Length > 0 ? "PostgreSQL" : "SQLite", cancellationToken);
            await app.StopAsync(cancellationToken);
            return result;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<BenchResult> MeasureAsync(WebApplication app, string database, CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        (byte[] file, int lessons) = await DistrictFile.MakeAsync(records, cancellationToken);
        foreach ((string id, int year) in new[] { ("bench-warm", 2060), ("bench-own", 2062), ("bench-bare", 2064) })
        {
            records.Terms.Add(new Term
            {
                Id = id,
                Name = id,
                FirstDay = new DateOnly(year, 9, 1),
                LastDay = new DateOnly(year + 1, 1, 20),
                UncountedWeeks = [],
            });
        }

        await records.SaveChangesAsync(cancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromMinutes(10) };
        client.DefaultRequestHeaders.Add("Origin", app.Urls.First());
        using HttpResponseMessage signedIn = await client.PostAsJsonAsync(
            "/api/session", new { userName = "administrator", password = Password }, cancellationToken);
        signedIn.EnsureSuccessStatusCode();

        // What the first use of everything costs is no import's.
        await SendAsync(client, "bench-warm", file, cancellationToken);
        (double look, JsonElement draft) = await SendAsync(client, "bench-own", file, cancellationToken);
        (double write, JsonElement done) = await TimeAsync(
            () => client.PostAsync($"/api/books/imports/{draft.GetProperty("importId").GetString()}/commit", null, cancellationToken));
        double bare = await InsertBareAsync(app, cancellationToken);
        (double again, JsonElement same) = await SendAsync(client, "bench-own", file, cancellationToken);
        (double undo, _) = await TimeAsync(
            () => client.PostAsync($"/api/books/steps/{done.GetProperty("step").GetString()}/undo", null, cancellationToken));
        if (done.GetProperty("added").GetInt32() != lessons || same.GetProperty("same").GetInt32() != lessons)
        {
            throw new InvalidOperationException($"{lessons} lessons, but {done} and {same.GetProperty("same")}");
        }

        double own = look + write;
        Console.WriteLine($"{lessons} lessons, {file.Length / 1048576.0:f1} MiB, {database}");
        Print("read and compared, s", look);
        Print("written, s", write);
        Print("both, s", own);
        Print("bare bulk insert, s", bare);
        Print("the same file again, s", again);
        Print("undone, s", undo);
        return new BenchResult(
            "import", own / bare, 10, "a district's file until it is on record over a bare bulk insert of its rows (at most)",
            new Dictionary<string, double>
            {
                ["lessons"] = lessons,
                ["seconds"] = own,
                ["secondsOverGoal"] = own / GoalSeconds,
                ["lookSeconds"] = look,
                ["writeSeconds"] = write,
                ["bareSeconds"] = bare,
                ["againSeconds"] = again,
                ["undoSeconds"] = undo,
            });
    }

    private static void Print(string what, double seconds) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-28}{seconds,8:f2}"));

    private static Task<(double Seconds, JsonElement Answer)> SendAsync(
        HttpClient client, string term, byte[] file, CancellationToken cancellationToken) => TimeAsync(async () =>
        {
            using var body = new ByteArrayContent(file);
            body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            return await client.PostAsync($"/api/books/imports?termId={term}&name=district.csv", body, cancellationToken);
        });

    private static async Task<(double Seconds, JsonElement Answer)> TimeAsync(Func<Task<HttpResponseMessage>> ask)
    {
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage answer = await ask();
        string text = await answer.Content.ReadAsStringAsync();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return answer.IsSuccessStatusCode
            ? (seconds, JsonSerializer.Deserialize<JsonElement>(text))
            : throw new InvalidOperationException($"{answer.StatusCode}: {text}");
    }

    // The rows that the import wrote, into another term: one transaction, no comparison, no history, no audit line.
    private static async Task<double> InsertBareAsync(WebApplication app, CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        List<TimetableEntry> written = await records.Timetable.AsNoTracking()
            .Where(entry => entry.TermId == "bench-own").ToListAsync(cancellationToken);
        TimetableEntry[] copies =
        [
            .. written.Select(one => new TimetableEntry
            {
                Id = Guid.NewGuid(), TermId = "bench-bare", SchoolId = one.SchoolId, Weekday = one.Weekday, Period = one.Period,
                FirstWeek = one.FirstWeek, LastWeek = one.LastWeek, Rotation = one.Rotation, Turns = one.Turns, ClassId = one.ClassId,
                SubjectId = one.SubjectId, TeacherId = one.TeacherId, RoomId = one.RoomId,
            }),
        ];
        long start = Stopwatch.GetTimestamp();
        await using IDbContextTransaction transaction = await records.BeginDeedAsync(cancellationToken);
        records.Timetable.AddRange(copies);
        await records.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
