using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;

namespace Xunke.Tests.Web.Books.Imports;

/// <summary>One file with the timetables of several schools, and how a marked table is remembered.</summary>
[Collection(WebCollection.Name)]
public class DistrictImportTests(AppFixture fixture) : IAsyncLifetime
{
    private const string Plain = """
        三(1)班
        课次|星期一|星期二|星期三|星期四|星期五|星期六
        1|语文|语文|语文|语文|语文|书法
        """;

    private readonly RunningApp _app = fixture.App;
    private readonly string _one = $"a{Guid.NewGuid():N}"[..12];
    private readonly string _two = $"b{Guid.NewGuid():N}"[..12];
    private readonly string _term = $"term-{Guid.NewGuid():N}"[..20];
    private SignedIn _administrator = null!;
    private RosterCalls _calls = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _administrator = await _app.SignInAsync("administrator");
        _calls = new RosterCalls(_administrator, Cancelled);
        await _calls.AddAsync("schools", new { id = _one, name = $"甲 {_one}" });
        await _calls.AddAsync("schools", new { id = _two, name = $"乙 {_two}" });
        await _calls.AddAsync("teachers", new { schoolId = _one, name = "李梅", number = "01" });
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        records.Terms.Add(new Term
        {
            Id = _term,
            Name = "学期",
            FirstDay = new DateOnly(2045, 9, 2),
            LastDay = new DateOnly(2046, 1, 17),
            UncountedWeeks = [],
        });
        foreach (string subject in (string[])["语文", "数学"])
        {
            if (!await records.Subjects.AnyAsync(one => one.Name == subject, Cancelled))
            {
                records.Subjects.Add(new Subject { Id = subject, Name = subject, NameEn = subject, Order = 1 });
            }
        }

        await records.SaveChangesAsync(Cancelled);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _administrator.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Each_lesson_goes_to_the_school_that_its_row_names_and_the_whole_is_undone_at_once()
    {
        string list = $"""
            学校,星期,节次,班级,课程,教师
            甲 {_one},周一,1,三(1)班,语文,李梅
            乙 {_two},周一,1,三(1)班,数学,李梅
            没有的学校xyz,周一,1,三(1)班,数学,李梅
            ,周一,2,三(1)班,数学,李梅
            """;

        JsonElement draft = await SendAsync(null, list);

        string[] names = RosterCalls.Names(draft);
        names.ShouldContain("leftOut school 没有的学校xyz");
        names.ShouldContain("known teacher 李梅");
        names.ShouldContain("new teacher 李梅", "a teacher of one school is not another school's");
        (Number(draft, "added"), Number(draft, "leftOut"), Number(draft, "withoutSchool")).ShouldBe((2, 2, 1));
        JsonElement done = await CommitAsync(draft);

        List<TimetableEntry> entries = await EntriesAsync();
        entries.Select(entry => entry.SchoolId).Order(StringComparer.Ordinal).ShouldBe([_one, _two]);
        entries.Select(entry => entry.ClassId).Distinct().Count().ShouldBe(2);
        entries.Select(entry => entry.TeacherId).Distinct().Count().ShouldBe(2);
        await _calls.UndoAsync(done);
        (await EntriesAsync()).ShouldBeEmpty();
        (await _calls.RowsAsync("classes", _two)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_school_takes_only_its_own_lessons_out_of_a_file_of_the_district()
    {
        JsonElement draft = await SendAsync(_one, $"学校,星期,节次,班级,课程\n甲 {_one},周一,1,三(1)班,语文\n第九十九中学,周一,1,三(1)班,数学\n");

        (Number(draft, "added"), Number(draft, "leftOut")).ShouldBe((1, 1));
    }

    [Fact]
    public async Task How_a_person_read_a_table_is_remembered_for_the_next_file_and_can_be_forgotten()
    {
        JsonElement draft = await SendBookAsync(_one, "三(1)班.xlsx", Plain);
        Number(draft, "lessons").ShouldBe(6);
        JsonElement said = await SayAsync(draft, [new { table = 0, region = "A2:F3", leaveOut = false }]);
        Number(said, "lessons").ShouldBe(5);
        Number(await CommitAsync(said), "remembered").ShouldBe(1);

        string next = Plain.Replace("三(1)班", "三(2)班", StringComparison.Ordinal) + "\n2|数学|数学|数学|数学|数学|书法";
        JsonElement second = await SendBookAsync(_one, "三(2)班.xlsx", next);
        Number(second, "lessons").ShouldBe(10);
        JsonElement table = second.GetProperty("tables")[0];
        (table.GetProperty("region").GetString(), table.GetProperty("ownerName").GetString()).ShouldBe(("A2:F4", "三(2)班"));
        string choice = table.GetProperty("remembered").GetProperty("choiceId").GetString()!;
        Number(await SendBookAsync(_two, "三(2)班.xlsx", next), "lessons").ShouldBe(12, "another school's files are read as before");

        using HttpResponseMessage forgotten = await _administrator.Http.DeleteAsync($"/api/books/imports/choices/{choice}", Cancelled);
        forgotten.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Number(await SendBookAsync(_one, "三(2)班.xlsx", next), "lessons").ShouldBe(12);
    }

    [Fact]
    public async Task What_headers_and_parts_of_a_cell_say_is_corrected_by_a_person_and_remembered_without_names()
    {
        // Names that are no subjects and no people's: nobody can guess which is which.
        string table = "三(1)班\n节次|星期一|星期二|星期三|星期四|星期五\n1|Ada Kilo|Ada Kilo|Bob Lima|Bob Lima|Ada Kilo";
        JsonElement draft = await SendBookAsync(_one, "c.xlsx", table);
        JsonElement said = await SayAsync(draft, [new { table = 0, cellOrder = new[] { "teacher", "subject" }, leaveOut = false }]);

        RosterCalls.Names(said).ShouldContain(name => name.EndsWith("subject Kilo", StringComparison.Ordinal));
        RosterCalls.Names(said).ShouldContain(name => name.EndsWith("teacher Ada", StringComparison.Ordinal));
        await CommitAsync(said);
        RosterCalls.Names(await SendBookAsync(_one, "c.xlsx", table))
            .ShouldContain(name => name.EndsWith("teacher Bob", StringComparison.Ordinal));
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        ImportChoice kept = await records.ImportChoices.SingleAsync(one => one.SchoolId == _one, Cancelled);
        (kept.Choice + kept.Signature).ShouldNotContain("三(1)班");
    }

    [Fact]
    public async Task A_sheet_in_which_nothing_was_found_is_marked_by_a_person()
    {
        string table = "甲乙丙|D1|D2|D3\n一段|语文|数学|语文\n二段|数学|语文|数学";
        JsonElement draft = await SendBookAsync(_one, "怪.xlsx", table);
        Number(draft, "lessons").ShouldBe(0);
        draft.GetProperty("faultCount").GetInt32().ShouldBeGreaterThan(0);

        JsonElement said = await SayAsync(
            draft,
            [
                new
                {
                    table = 0,
                    sheet = "Sheet1",
                    region = "A1:D3",
                    ownerName = "三(9)班",
                    leaveOut = false,
                    top = new[] { new { offset = 0, fact = "weekday" } },
                    left = new[] { new { offset = 0, fact = "period" } },
                },
            ]);

        // It is read as it was said to be: what stands there is no weekday, and each cell says so.
        RosterCalls.Faults(said).ShouldContain(fault => fault.Contains("Sheet1!B1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Progress_is_told_to_the_one_who_imports()
    {
        JsonElement idle = await _administrator.Http.GetFromJsonAsync<JsonElement>("/api/books/imports/progress", Cancelled);
        idle.GetProperty("stage").GetString().ShouldBe("none");
    }

    private static int Number(JsonElement draft, string name) => draft.GetProperty(name).GetInt32();

    private Task<JsonElement> SendAsync(string? school, string list) => PostAsync(school, "课表.csv", Encoding.UTF8.GetBytes(list));

    private Task<JsonElement> SendBookAsync(string school, string name, string table) =>
        PostAsync(school, name, new Files.MadeWorkbook().Sheet("Sheet1", table).Bytes());

    private async Task<JsonElement> PostAsync(string? school, string name, byte[] content)
    {
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/octet-stream");
        string scope = school is null ? string.Empty : $"&schoolId={school}";
        using HttpResponseMessage answer = await _administrator.Http.PostAsync(
            $"/api/books/imports?termId={_term}&name={Uri.EscapeDataString(name)}{scope}", body, Cancelled);
        return await answer.JsonAsync();
    }

    private async Task<JsonElement> SayAsync(JsonElement draft, object[] tables)
    {
        using HttpResponseMessage answer = await _administrator.Http.PutAsJsonAsync(
            $"/api/books/imports/{RosterCalls.Id(draft)}", new { tables }, Cancelled);
        return await answer.JsonAsync();
    }

    private async Task<JsonElement> CommitAsync(JsonElement draft)
    {
        using HttpResponseMessage answer = await _administrator.Http.PostAsync(
            $"/api/books/imports/{RosterCalls.Id(draft)}/commit", null, Cancelled);
        return await answer.JsonAsync();
    }

    private async Task<List<TimetableEntry>> EntriesAsync()
    {
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RecordsContext>().Timetable.AsNoTracking()
            .Where(entry => entry.TermId == _term).ToListAsync(Cancelled);
    }
}

/// <summary>The same with the records in PostgreSQL.</summary>
[Collection(PostgreSqlWebCollection.Name)]
public sealed class PostgreSqlDistrictImportTests(PostgreSqlAppFixture fixture) : DistrictImportTests(fixture);
