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

/// <summary>Lists and OneRoster are looked at, imported whole or not at all, and undone. Each test has a school of its own.</summary>
[Collection(WebCollection.Name)]
public class RosterImportTests(AppFixture fixture) : IAsyncLifetime
{
    private readonly RunningApp _app = fixture.App;
    private readonly string _school = $"r{Guid.NewGuid():N}"[..12];
    private SignedIn _administrator = null!;
    private RosterCalls _calls = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string SchoolName => $"名册学校 {_school}";

    public async ValueTask InitializeAsync()
    {
        _administrator = await _app.SignInAsync("administrator");
        _calls = new RosterCalls(_administrator, Cancelled);
        await _calls.AddAsync("schools", new { id = _school, name = SchoolName });
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        if (!await records.Subjects.AnyAsync(one => one.Name == "语文", Cancelled))
        {
            records.Subjects.Add(new Subject { Id = "语文", Name = "语文", NameEn = "Chinese", Order = 1 });
            await records.SaveChangesAsync(Cancelled);
        }
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _administrator.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OneRoster_puts_teachers_and_classes_on_the_books_without_any_pupil_and_is_undone_as_one_step(bool zipped)
    {
        Dictionary<string, string> files = OneRosterSet.Files(_school, SchoolName);

        JsonElement draft = zipped
            ? await _calls.SendAsync(null, ("roster.zip", OneRosterSet.Zip(files)))
            : await _calls.SendAsync(null, OneRosterSet.Single(files));

        draft.GetProperty("format").GetString().ShouldBe("OneRoster");
        RosterCalls.Faults(draft).ShouldBeEmpty();
        RosterCalls.Changes(draft).ShouldBe([
            "added teachers 张伟: 张伟 · T001 · 语文", "added classes 三年级2班: 三年级2班 · 三年级 · 2",
        ]);
        (draft.GetProperty("pupils").GetInt32(), draft.GetProperty("others").GetInt32(), draft.GetProperty("terms").GetInt32())
            .ShouldBe((2, 1, 1));
        draft.ToString().ShouldNotContain(OneRosterSet.Pupil);
        (await _calls.RowsAsync("teachers", _school)).ShouldBeEmpty("nothing is written before it is said");

        JsonElement done = await _calls.CommitAsync(draft);
        done.GetProperty("added").GetInt32().ShouldBe(2);
        (await _calls.RowsAsync("teachers", _school)).Single()["number"]!.GetValue<string>().ShouldBe("T001");
        (await _calls.RowsAsync("classes", _school)).Single()["enrolled"]!.GetValue<int>().ShouldBe(2);
        (await KeptTextsAsync()).ShouldNotContain(text => text.Contains(OneRosterSet.Pupil, StringComparison.Ordinal));

        JsonElement again = await _calls.SendAsync(null, ("roster.zip", OneRosterSet.Zip(files)));
        RosterCalls.Changes(again).ShouldBeEmpty("the same file again changes nothing");
        again.GetProperty("same").GetInt32().ShouldBe(2);

        await _calls.UndoAsync(done);
        (await _calls.RowsAsync("teachers", _school)).ShouldBeEmpty();
        (await _calls.RowsAsync("classes", _school)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_school_that_is_not_on_the_books_is_put_on_them_when_a_person_says_so()
    {
        string id = $"n{Guid.NewGuid():N}"[..12];

        JsonElement draft = await _calls.SendAsync(null, ("r.zip", OneRosterSet.Zip(OneRosterSet.Files(id, $"全新的学校 {id}"))));
        draft = await _calls.SayAsync(draft, new { names = new[] { new { thing = "school", name = $"全新的学校 {id}", answer = "new" } } });

        RosterCalls.Changes(draft)[0].ShouldBe($"added schools 全新的学校 {id}: 全新的学校 {id} · {id}");
        JsonElement done = await _calls.CommitAsync(draft);
        (await _calls.RowsAsync("teachers", id)).Length.ShouldBe(1);
        await _calls.UndoAsync(done);
        (await _calls.RowsAsync("schools", id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_identifier_that_is_another_schools_by_chance_waits_for_an_answer()
    {
        JsonElement draft = await _calls.SendAsync(null, ("r.zip", OneRosterSet.Zip(OneRosterSet.Files(_school, "远郊第八幼儿园"))));

        RosterCalls.Names(draft)[0].ShouldBe("open school 远郊第八幼儿园");
        draft.GetProperty("names")[0].GetProperty("guesses")[0].GetProperty("rowId").GetString().ShouldBe(_school);
        RosterCalls.Changes(draft).ShouldBeEmpty();
    }

    [Fact]
    public async Task Teachers_are_known_by_number_or_name_and_the_rest_waits_for_an_answer()
    {
        await _calls.AddAsync("teachers", new { schoolId = _school, name = "李梅", number = "01" });
        await _calls.AddAsync("teachers", new { schoolId = _school, name = "王强" });
        await _calls.AddAsync("teachers", new { schoolId = _school, name = "赵敏", number = "03" });

        JsonElement draft = await _calls.SendAsync(_school, "教师.csv", "姓名,工号,学科\n李玫,01,语文\n王强,02,\n赵敏,09,\n周新,05,\n,06,\n");

        RosterCalls.Changes(draft).ShouldBe([
            "changed teachers 李玫: 李玫 · 01 · 语文", "changed teachers 王强: 王强 · 02", "added teachers 周新: 周新 · 05",
        ]);
        RosterCalls.Names(draft)[0].ShouldBe("open teacher 赵敏 09");
        RosterCalls.Faults(draft).ShouldBe(["教师!A6 姓名 name 为空 is empty"]);
        using (HttpResponseMessage refused = await _administrator.Http.PostAsync(
            $"/api/books/rosters/{RosterCalls.Id(draft)}/commit", null, Cancelled))
        {
            await refused.ShouldBeProblem(HttpStatusCode.Conflict, "names-open");
        }

        JsonElement said = await _calls.SayAsync(
            draft, new { names = new[] { new { thing = "teacher", name = "赵敏 09", answer = "new" } } });
        await _calls.CommitAsync(said);

        (await _calls.RowsAsync("teachers", _school)).Select(row => $"{row["name"]} {row["number"]}").Order(StringComparer.Ordinal)
            .ShouldBe(["周新 05", "李玫 01", "王强 02", "赵敏 03", "赵敏 09"]);
    }

    [Fact]
    public async Task Whom_a_list_does_not_have_ends_only_when_a_person_says_so_and_nothing_needs_him()
    {
        string used = await _calls.AddAsync("teachers", new { schoolId = _school, name = "用得着", number = "01" });
        await _calls.AddAsync("teachers", new { schoolId = _school, name = "离开了", number = "02" });
        await UseAsync(used);

        JsonElement draft = await _calls.SendAsync(_school, "教师.csv", "姓名,工号\n新来的,03\n");
        (draft.GetProperty("missing").GetInt32(), RosterCalls.Changes(draft).Length).ShouldBe((2, 1));

        JsonElement said = await _calls.SayAsync(draft, new { endMissing = true });
        RosterCalls.Changes(said).ShouldBe([
            "ended teachers 离开了 02", "kept teachers 用得着 01", "added teachers 新来的: 新来的 · 03",
        ]);
        said.GetProperty("changes")[1].GetProperty("uses")[0].GetProperty("book").GetString().ShouldBe("timetable");

        JsonElement done = await _calls.CommitAsync(said);
        (await NamesAsync()).ShouldBe(["新来的", "用得着"]);
        await _calls.UndoAsync(done);
        (await NamesAsync()).ShouldBe(["用得着", "离开了"]);
    }

    [Fact]
    public async Task Who_leaves_in_OneRoster_ends()
    {
        await _calls.AddAsync("teachers", new { schoolId = _school, name = "张伟", number = "T001" });

        JsonElement draft = await _calls.SendAsync(
            null, ("r.zip", OneRosterSet.Zip(OneRosterSet.Files(_school, SchoolName, status: "tobedeleted"))));

        RosterCalls.Changes(draft)[0].ShouldBe("ended teachers 张伟 T001");
    }

    [Theory]
    [InlineData("teachers", "xlsx")]
    [InlineData("classes", "csv")]
    [InlineData("rooms", "xlsx")]
    [InlineData("subjects", "csv")]
    public async Task What_is_taken_away_is_what_is_read_and_changes_nothing_when_it_comes_back(string list, string format)
    {
        await _calls.AddAsync("rooms", new { id = $"{_school}-301", schoolId = _school, name = "三楼东", grade = "三年级", enrolled = 41 });
        await _calls.AddAsync("teachers", new { schoolId = _school, name = "李梅", number = "01", subjectIds = new[] { "语文" } });
        await _calls.AddAsync(
            "classes", new { schoolId = _school, name = "三(1)班", grade = "三年级", enrolled = 41, roomId = $"{_school}-301" });

        byte[] file = await _administrator.Http.GetByteArrayAsync(
            $"/api/books/files/lists/{list}?schoolId={_school}&format={format}", Cancelled);

        JsonElement back = await _calls.SendAsync(_school, ($"{list}.{format}", file));
        RosterCalls.Faults(back).ShouldBeEmpty();
        RosterCalls.Changes(back).ShouldBeEmpty();
        back.GetProperty("same").GetInt32().ShouldBe(list == "subjects" ? 0 : 1);
    }

    [Theory]
    [InlineData("teachers")]
    [InlineData("classes")]
    [InlineData("rooms")]
    [InlineData("subjects")]
    public async Task An_empty_form_is_read_as_it_is_handed_out(string form)
    {
        byte[] file = await _administrator.Http.GetByteArrayAsync($"/api/books/files/forms/{form}", Cancelled);

        JsonElement draft = await _calls.SendAsync(null, ($"{form}.xlsx", file));

        RosterCalls.Faults(draft).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rooms_and_the_classes_in_them_come_from_one_workbook()
    {
        byte[] file = new Files.MadeWorkbook()
            .Sheet("班级", "班级|年级|人数|教室\n三(1)班|三年级|41|301\n三(2)班|三年级|40|三楼西\n三（1）班|三年级|39|301\n三(3)班|三年级|41|报告厅")
            .Sheet("教室", "教室|教室编号|年级|人数\n三楼东|301|三年级|41\n三楼西|302|三年级|40\n怪|3.0*1||")
            .Bytes();

        JsonElement draft = await _calls.SendAsync(_school, ("班级和教室.xlsx", file));

        RosterCalls.Faults(draft).ShouldBe([
            "教室!A4 教室编号 room number “3.0*1” 应为字母、数字和连字符 must be letters, digits and hyphens",
            "班级!A4 与第 2 行重复 is also in row 2",
        ], ignoreOrder: true);
        RosterCalls.Names(draft).ShouldContain("leftOut room 报告厅");
        await _calls.CommitAsync(draft);
        (await _calls.RowsAsync("classes", _school)).Select(row => $"{row["name"]} {row["roomId"]}").Order(StringComparer.Ordinal)
            .ShouldBe([$"三(1)班 {_school}-301", $"三(2)班 {_school}-302", "三(3)班 "]);
    }

    [Fact]
    public async Task An_administrator_of_a_school_brings_only_that_schools_rows()
    {
        using SignedIn own = await _app.SignInAsync("schoolAdministrator");
        var calls = new RosterCalls(own, Cancelled);
        string mine = (await own.Http.GetFromJsonAsync<JsonObject[]>("/api/schools", Cancelled))!
            .Select(one => one["schoolId"]!.GetValue<string>()).First();
        using HttpResponseMessage district = await calls.PostAsync(null, ("t.csv", Encoding.UTF8.GetBytes("姓名,工号\n甲乙,1\n")));
        await district.ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");

        JsonElement draft = await calls.SendAsync(mine, "教师.csv", $"姓名,工号,学校\n外人甲,R91,{SchoolName}\n");

        RosterCalls.Changes(draft).ShouldBeEmpty();
        // A subject is the district's, and yet whoever brought it by an import may take that back.
        string subject = $"探究{_school}";
        JsonElement done = await calls.CommitAsync(await calls.SendAsync(mine, "教师.csv", $"姓名,工号,学科\n自己人,{_school},{subject}\n"));
        (await calls.RowsAsync("subjects", mine)).ShouldContain(row => row["name"]!.GetValue<string>() == subject);
        await calls.UndoAsync(done);
        (await calls.RowsAsync("subjects", mine)).ShouldNotContain(row => row["name"]!.GetValue<string>() == subject);
        RosterCalls.Names(draft).ShouldNotContain(name => name.StartsWith("new school", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("姓名,学号,班级\n王小明,2026001,三(2)班\n", "本系统不保存学生")]
    [InlineData("甲,乙\n1,2\n", "没有找到名册")]
    [InlineData("%PDF-1.7", "PDF")]
    public async Task What_is_no_list_is_refused_with_words(string content, string said)
    {
        using HttpResponseMessage answer = await _calls.PostAsync(_school, ("x.csv", Encoding.UTF8.GetBytes(content)));

        JsonElement problem = await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "file-refused");
        problem.GetProperty("detail").GetString()!.ShouldContain(said);
    }

    private async Task<string[]> NamesAsync() =>
        [.. (await _calls.RowsAsync("teachers", _school)).Select(row => row["name"]!.GetValue<string>()).Order(StringComparer.Ordinal)];

    // What the history and the trail keep of the import.
    private async Task<string[]> KeptTextsAsync()
    {
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        return [.. await records.BookChanges.Where(one => one.SchoolId == _school).Select(one => one.After ?? "").ToListAsync(Cancelled)];
    }

    private async Task UseAsync(string teacherId)
    {
        string classId = await _calls.AddAsync("classes", new { schoolId = _school, name = "三(1)班", grade = "三年级", enrolled = 41 });
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        records.Terms.Add(new Term
        {
            Id = $"term-{_school}",
            Name = "学期",
            FirstDay = new DateOnly(2043, 9, 2),
            LastDay = new DateOnly(2044, 1, 17),
            UncountedWeeks = [],
        });
        records.Timetable.Add(new TimetableEntry
        {
            Id = Guid.NewGuid(),
            TermId = $"term-{_school}",
            SchoolId = _school,
            Weekday = 1,
            Period = 1,
            FirstWeek = 1,
            Rotation = 1,
            Turns = 1,
            ClassId = classId,
            SubjectId = (await records.Subjects.FirstAsync(Cancelled)).Id,
            TeacherId = teacherId,
        });
        await records.SaveChangesAsync(Cancelled);
    }
}

/// <summary>The same with the records in PostgreSQL.</summary>
[Collection(PostgreSqlWebCollection.Name)]
public sealed class PostgreSqlRosterImportTests(PostgreSqlAppFixture fixture) : RosterImportTests(fixture);
