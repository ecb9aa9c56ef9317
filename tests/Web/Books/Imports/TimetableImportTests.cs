using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;

namespace Xunke.Tests.Web.Books.Imports;

/// <summary>A school's timetable file is looked at, imported whole or not at all, and undone. Each test has a school of its own.</summary>
[Collection(WebCollection.Name)]
public class TimetableImportTests(AppFixture fixture) : IAsyncLifetime
{
    private const string List =
        """
        星期,节次,班级,课程,教师,单双周
        周一,1,三(1)班,语文,李梅,
        周一,2,三(1)班,数学,王强,
        周二,1,三(2)班,语文,李梅,单
        周二,1,三(2)班,书法,赵新,双
        """;

    private readonly RunningApp _app = fixture.App;
    private readonly string _school = $"i{Guid.NewGuid():N}"[..12];
    private SignedIn _administrator = null!;
    private string _term = string.Empty;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _administrator = await _app.SignInAsync("administrator");
        await AddAsync("schools", new { id = _school, name = $"学校 {_school}" });
        await AddAsync("classes", new { schoolId = _school, name = "三年级1班", grade = "三年级", enrolled = 40 });
        await AddAsync("classes", new { schoolId = _school, name = "三年级2班", grade = "三年级", enrolled = 40 });
        await AddAsync("teachers", new { schoolId = _school, name = "李梅", number = "01" });
        await AddAsync("teachers", new { schoolId = _school, name = "王强", number = "02" });
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        _term = $"term-{_school}";
        // Terms of tests may overlap; the pages' may not.
        records.Terms.Add(new Term
        {
            Id = _term,
            Name = "学期",
            FirstDay = new DateOnly(2041, 9, 2),
            LastDay = new DateOnly(2042, 1, 17),
            UncountedWeeks = [],
        });
        await records.SaveChangesAsync(Cancelled);
        foreach (string subject in (string[])["语文", "数学"])
        {
            if (!await records.Subjects.AnyAsync(one => one.Name == subject, Cancelled))
            {
                records.Subjects.Add(new Subject { Id = $"{subject}", Name = subject, NameEn = subject, Order = 1 });
                await records.SaveChangesAsync(Cancelled);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _administrator.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_file_is_imported_with_what_is_new_in_it_and_undone_as_one_step()
    {
        JsonElement draft = await SendAsync(List);

        Names(draft).ShouldContain("class 三(1)班 known");
        Names(draft).ShouldContain("teacher 李梅 known");
        Names(draft).ShouldContain("teacher 赵新 new");
        Number(draft, "added").ShouldBe(4);
        draft.GetProperty("mayCommit").GetBoolean().ShouldBeTrue();
        (await EntriesAsync()).ShouldBeEmpty("nothing is written before it is said");

        JsonElement done = await CommitAsync(draft);
        Number(done, "added").ShouldBe(4);
        List<TimetableEntry> entries = await EntriesAsync();
        entries.Count.ShouldBe(4);
        entries.Count(entry => entry is { Weekday: 2, Rotation: 2, Turns: 1 }).ShouldBe(1);
        entries.Count(entry => entry is { Weekday: 2, Rotation: 2, Turns: 2 }).ShouldBe(1);

        using HttpResponseMessage undone = await _administrator.Http.PostAsync(
            $"/api/books/steps/{done.GetProperty("step").GetString()}/undo", null, Cancelled);
        undone.StatusCode.ShouldBe(HttpStatusCode.OK, await undone.Content.ReadAsStringAsync(Cancelled));
        (await EntriesAsync()).ShouldBeEmpty();
        (await RowsAsync("teachers")).Select(row => row["name"]!.GetValue<string>()).ShouldBe(["李梅", "王强"]);
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_another_one_only_what_it_has_otherwise()
    {
        await CommitAsync(await SendAsync(List));
        Guid[] before = [.. (await EntriesAsync()).Select(entry => entry.Id).Order()];

        JsonElement again = await SendAsync(List);
        (Number(again, "same"), Number(again, "added"), Number(again, "changed"), Number(again, "ended")).ShouldBe((4, 0, 0, 0));

        JsonElement other = await SendAsync(
            """
            星期,节次,班级,课程,教师
            周一,1,三年级1班,语文,王强
            周三,1,三年级1班,数学,王强
            """);
        (Number(other, "same"), Number(other, "added"), Number(other, "changed"), Number(other, "ended")).ShouldBe((0, 1, 1, 1));
        JsonElement done = await CommitAsync(other);
        (await EntriesAsync()).Count(entry => before.Contains(entry.Id)).ShouldBe(3, "the changed lesson and those of the other class");

        using HttpResponseMessage undone = await _administrator.Http.PostAsync(
            $"/api/books/steps/{done.GetProperty("step").GetString()}/undo", null, Cancelled);
        undone.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await EntriesAsync()).Select(entry => entry.Id).Order().ShouldBe(before);
    }

    [Theory]
    [InlineData("xlsx")]
    [InlineData("csv")]
    public async Task What_is_taken_away_is_what_is_read_and_changes_nothing_when_it_comes_back(string format)
    {
        await CommitAsync(await SendAsync(List));

        byte[] file = await _administrator.Http.GetByteArrayAsync(
            $"/api/books/files/timetable?schoolId={_school}&termId={_term}&format={format}", Cancelled);

        JsonElement back = await SendAsync(file, $"课表.{format}");
        (Number(back, "same"), Number(back, "added"), Number(back, "changed"), Number(back, "ended")).ShouldBe((4, 0, 0, 0));
        await (await _administrator.Http.GetAsync(
            $"/api/books/files/timetable?schoolId={_school}&termId={_term}&format=pdf", Cancelled))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "bad-format");
    }

    [Theory]
    [InlineData("timetable", 2)]
    [InlineData("class-grid", 11)]
    public async Task An_empty_form_is_read_as_it_is_handed_out(string form, int lessons)
    {
        byte[] file = await _administrator.Http.GetByteArrayAsync($"/api/books/files/forms/{form}", Cancelled);

        JsonElement draft = await SendAsync(file, $"{form}.xlsx");

        Number(draft, "lessons").ShouldBe(lessons);
        Number(draft, "faultCount").ShouldBe(0);
        using HttpResponseMessage unknown = await _administrator.Http.GetAsync("/api/books/files/forms/pupils", Cancelled);
        await unknown.ShouldBeProblem(HttpStatusCode.NotFound, "unknown-form");
    }

    [Fact]
    public async Task A_name_that_may_be_somebody_on_the_books_waits_for_an_answer()
    {
        JsonElement draft = await SendAsync(
            """
            星期,节次,班级,课程,教师
            周一,1,三年级1班,语文,李海
            """);
        JsonElement open = draft.GetProperty("names").EnumerateArray().First();
        (open.GetProperty("name").GetString(), open.GetProperty("answer").GetString()).ShouldBe(("李海", "open"));
        JsonElement guess = open.GetProperty("guesses")[0];
        guess.GetProperty("name").GetString().ShouldBe("李梅 01");
        using (HttpResponseMessage refused = await _administrator.Http.PostAsync($"/api/books/imports/{Id(draft)}/commit", null, Cancelled))
        {
            await refused.ShouldBeProblem(HttpStatusCode.Conflict, "names-open");
        }

        string rowId = guess.GetProperty("rowId").GetString()!;
        using HttpResponseMessage said = await _administrator.Http.PutAsJsonAsync(
            $"/api/books/imports/{Id(draft)}",
            new { names = new[] { new { thing = "teacher", name = "李海", answer = "known", rowId } } },
            Cancelled);
        JsonElement answered = await said.JsonAsync();
        answered.GetProperty("mayCommit").GetBoolean().ShouldBeTrue();
        await CommitAsync(answered);

        (await EntriesAsync()).Single().TeacherId.ShouldBe(rowId);
        (await RowsAsync("teachers")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_cannot_be_read_is_named_with_its_cell_and_the_rest_is_imported()
    {
        JsonElement draft = await SendAsync(
            """
            星期,节次,班级,课程,教师
            周八,1,三年级1班,语文,李梅
            周一,1,三年级1班,语文,李梅
            """);

        JsonElement fault = draft.GetProperty("faults").EnumerateArray().Single();
        fault.GetProperty("cell").GetString().ShouldBe("A2");
        fault.GetProperty("reason").GetString()!.ShouldContain("周八");
        Number(await CommitAsync(draft), "added").ShouldBe(1);
    }

    [Theory]
    [InlineData("%PDF-1.7 nothing")]
    [InlineData("<html><table></table></html>")]
    public async Task A_file_of_another_kind_is_refused_with_words(string content)
    {
        using HttpResponseMessage answer = await PostAsync(Encoding.UTF8.GetBytes(content));

        JsonElement problem = await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "file-refused");
        problem.GetProperty("detail").GetString()!.Length.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Nobody_else_finds_the_file_and_another_schools_administrator_may_not_send_one()
    {
        JsonElement draft = await SendAsync(List);
        using SignedIn other = await _app.SignInAsync("schoolAdministrator");

        using HttpResponseMessage looked = await other.Http.GetAsync($"/api/books/imports/{Id(draft)}", Cancelled);
        await looked.ShouldBeProblem(HttpStatusCode.NotFound, "unknown-import");
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(List));
        using HttpResponseMessage sent = await other.Http.PostAsync(
            $"/api/books/imports?schoolId={_school}&termId={_term}&name=a.csv", body, Cancelled);
        await sent.ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    private static string Id(JsonElement draft) => draft.GetProperty("importId").GetString()!;

    private static int Number(JsonElement draft, string name) => draft.GetProperty(name).GetInt32();

    private static string[] Names(JsonElement draft) =>
    [
        .. draft.GetProperty("names").EnumerateArray().Select(name =>
            $"{name.GetProperty("thing").GetString()} {name.GetProperty("name").GetString()} {name.GetProperty("answer").GetString()}"),
    ];

    private async Task<HttpResponseMessage> PostAsync(byte[] content, string name = "课表.csv")
    {
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/octet-stream");
        return await _administrator.Http.PostAsync($"/api/books/imports?schoolId={_school}&termId={_term}&name={name}", body, Cancelled);
    }

    private async Task<JsonElement> SendAsync(byte[] file, string name)
    {
        using HttpResponseMessage answer = await PostAsync(file, name);
        return await answer.JsonAsync();
    }

    private async Task<JsonElement> SendAsync(string list)
    {
        using HttpResponseMessage answer = await PostAsync(Encoding.UTF8.GetBytes(list));
        return await answer.JsonAsync();
    }

    private async Task<JsonElement> CommitAsync(JsonElement draft)
    {
        using HttpResponseMessage answer = await _administrator.Http.PostAsync($"/api/books/imports/{Id(draft)}/commit", null, Cancelled);
        return await answer.JsonAsync();
    }

    private async Task<List<TimetableEntry>> EntriesAsync()
    {
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RecordsContext>().Timetable.AsNoTracking()
            .Where(entry => entry.SchoolId == _school).ToListAsync(Cancelled);
    }

    private async Task AddAsync(string book, object row)
    {
        using HttpResponseMessage answer = await _administrator.Http.PostAsJsonAsync($"/api/books/{book}", row, Cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancelled));
    }

    private async Task<IReadOnlyList<JsonObject>> RowsAsync(string book)
    {
        JsonObject answer = (await _administrator.Http.GetFromJsonAsync<JsonObject>($"/api/books/{book}?schoolId={_school}", Cancelled))!;
        return [.. answer["rows"]!.AsArray().Select(row => row!.AsObject())];
    }
}

/// <summary>The same with the records in PostgreSQL.</summary>
[Collection(PostgreSqlWebCollection.Name)]
public sealed class PostgreSqlTimetableImportTests(PostgreSqlAppFixture fixture) : TimetableImportTests(fixture);
