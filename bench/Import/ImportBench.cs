using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Bench.Records;

namespace Xunke.Bench.Import;

/// <summary>
/// The timetables of a whole district in one list of 965 classes with 40 lessons a week: how long until it was looked at and is in the
/// books, over a loop that only writes the same rows.
/// </summary>
internal static class ImportBench
{
    private const double GoalSeconds = 20;
    private const double Goal = 3;
    private const int Weekdays = 5;
    private const int Periods = 8;

    /// <summary>Arguments: "postgresql".</summary>
    public static async Task<BenchResult?> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        await using RecordsServer server = await RecordsServer.StartAsync(args.Contains("postgresql"), [], cancellationToken);
        using HttpClient administrator = await server.SignInAsync("administrator", cancellationToken);
        string term = await AddTermAsync(administrator, "2061", cancellationToken);
        (byte[] file, int lessons) = await MakeFileAsync(administrator, cancellationToken);

        long began = Stopwatch.GetTimestamp();
        using var body = new ByteArrayContent(file);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        JsonElement draft = await ReadAsync(
            await administrator.PostAsync($"/api/books/imports?termId={term}&name=district.csv", body, cancellationToken),
            cancellationToken);
        double look = Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (draft.GetProperty("added").GetInt32() != lessons)
        {
            throw new InvalidOperationException($"Of {lessons} lessons {draft.GetProperty("added")} would be added.");
        }

        began = Stopwatch.GetTimestamp();
        await ReadAsync(
            await administrator.PostAsync($"/api/books/imports/{draft.GetProperty("importId")}/commit", null, cancellationToken),
            cancellationToken);
        double commit = Stopwatch.GetElapsedTime(began).TotalSeconds;
        string other = await AddTermAsync(administrator, "2062", cancellationToken);
        double bare = await BareAsync(server.Services, term, other, cancellationToken);
        Console.WriteLine(FormattableString.Invariant(
            $"{lessons} lessons: looked at in {look:F1} s, in the books in {commit:F1} s more (goal {GoalSeconds} s for both)"));
        return new BenchResult(
            "import", (look + commit) / bare, Goal,
            "a district's timetables looked at and imported over a loop that writes the rows, at most",
            new Dictionary<string, double>
            {
                ["lessons"] = lessons,
                ["seconds"] = look + commit,
                ["lookSeconds"] = look,
                ["bareSeconds"] = bare,
            });
    }

    private static async Task<string> AddTermAsync(HttpClient administrator, string year, CancellationToken cancellationToken) =>
        (await ReadAsync(
            await administrator.PostAsJsonAsync(
                "/api/books/terms", new { name = year, firstDay = $"{year}-09-01", lastDay = $"{year}-12-20" }, cancellationToken),
            cancellationToken)).GetProperty("id").GetString()!;

    private static async Task<(byte[] File, int Lessons)> MakeFileAsync(HttpClient administrator, CancellationToken cancellationToken)
    {
        string subject = (await administrator.GetFromJsonAsync<JsonElement>("/api/books/subjects", cancellationToken))
            .GetProperty("rows")[0].GetProperty("name").GetString()!;
        var text = new StringBuilder("学校,星期,节次,班级,课程\n");
        int lessons = 0;
        JsonElement schools = await administrator.GetFromJsonAsync<JsonElement>("/api/schools", cancellationToken);
        foreach (JsonElement school in schools.EnumerateArray())
        {
            JsonElement classes = await administrator.GetFromJsonAsync<JsonElement>(
                $"/api/books/classes?schoolId={school.GetProperty("schoolId")}&take=500", cancellationToken);
            foreach (JsonElement one in classes.GetProperty("rows").EnumerateArray())
            {
                for (int slot = 0; slot < Weekdays * Periods; slot++, lessons++)
                {
                    text.Append(CultureInfo.InvariantCulture,
                        $"{school.GetProperty("name")},{(slot / Periods) + 1},{(slot % Periods) + 1},{one.GetProperty("name")},{subject}\n");
                }
            }
        }

        return (Encoding.UTF8.GetBytes(text.ToString()), lessons);
    }

    private static async Task<double> BareAsync(IServiceProvider services, string from, string to, CancellationToken cancellationToken)
    {
        var factory = services.GetRequiredService<IDbContextFactory<RecordsContext>>();
        await using RecordsContext records = await factory.CreateDbContextAsync(cancellationToken);
        List<TimetableEntry> entries = await records.Set<TimetableEntry>().AsNoTracking().Where(entry => entry.TermId == from)
            .ToListAsync(cancellationToken);
        long began = Stopwatch.GetTimestamp();
        records.AddRange(entries.Select(entry => new TimetableEntry
        {
            Id = Guid.NewGuid(),
            TermId = to,
            SchoolId = entry.SchoolId,
            Weekday = entry.Weekday,
            Period = entry.Period,
            FirstWeek = entry.FirstWeek,
            Rotation = entry.Rotation,
            Turns = entry.Turns,
            ClassId = entry.ClassId,
            SubjectId = entry.SubjectId,
        }));
        await records.SaveChangesAsync(cancellationToken);
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        using (answer)
        {
            string text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.IsSuccessStatusCode
                ? JsonSerializer.Deserialize<JsonElement>(text)
                : throw new InvalidOperationException($"{(int)answer.StatusCode}: {text}");
        }
    }
}
