using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Xunke.Tests.Web.Timetable;

/// <summary>
/// Single lessons are changed in the browser and count at once. Each test has a school and a term of its own, far from the others':
/// class 1 has Wang's maths on Mondays, first period, and Zhao's art on Wednesdays, second; class 2 has Li on Mondays, first period.
/// </summary>
[Collection(WebCollection.Name)]
public class LessonChangeTests(AppFixture fixture) : IAsyncLifetime
{
    private static int _years = 2100;

    private readonly RunningApp _app = fixture.App;
    private readonly string _school = $"l{Guid.NewGuid():N}"[..12];
    private SignedIn _administrator = null!;
    private DateOnly _monday;
    private string _term = null!, _wang = null!, _li = null!, _zhao = null!, _maths = null!, _art = null!, _other = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _administrator = await _app.SignInAsync("administrator");
        DateOnly first = new(Interlocked.Increment(ref _years), 3, 1);
        _monday = first.AddDays((8 - (int)first.DayOfWeek) % 7);
        await AddAsync("schools", new { id = _school, name = $"学校 {_school}" });
        _term = await AddAsync("terms", new
        {
            id = $"term-{_monday.Year}-{_school}",
            name = $"{_monday.Year} {_school}",
            firstDay = _monday,
            lastDay = _monday.AddDays(69),
            uncountedWeeks = Array.Empty<int>(),
        });
        await AddAsync("day-plans", new
        {
            schoolId = _school,
            name = "作息",
            weekdays = new[] { 1, 2, 3, 4, 5 },
            periods = Enumerable.Range(1, 4).Select(number =>
                new { number, name = $"第{number}节", kind = "lesson", from = $"{7 + number:00}:00", to = $"{7 + number:00}:40" }),
        });
        string subject = await AddAsync("subjects", new { name = $"学科 {_school}", nameEn = "Subject", order = 1 });
        foreach (int number in (int[])[1, 2, 3])
        {
            await AddAsync(
                "rooms", new { id = $"{_school}-{number}", schoolId = _school, name = $"教室{number}", grade = "一年级", enrolled = 40 });
        }

        string one = await ClassAsync(1), two = await ClassAsync(2);
        (_wang, _li, _zhao) = (await TeacherAsync("王老师"), await TeacherAsync("李老师"), await TeacherAsync("赵老师"));
        _maths = await EntryAsync(one, _wang, 1, 1);
        _art = await EntryAsync(one, _zhao, 3, 2);
        _other = await EntryAsync(two, _li, 1, 1);

        Task<string> ClassAsync(int number) => AddAsync("classes", new
        {
            schoolId = _school,
            name = $"一年级{number}班",
            grade = "一年级",
            enrolled = 40,
            roomId = $"{_school}-{number}",
        });

        Task<string> TeacherAsync(string name) =>
            AddAsync("teachers", new { schoolId = _school, name, subjectIds = Array.Empty<string>() });

        Task<string> EntryAsync(string classId, string teacherId, int weekday, int period) => AddAsync("timetable", new
        {
            schoolId = _school,
            termId = _term,
            weekday,
            period,
            classId,
            subjectId = subject,
            teacherId,
        });
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _administrator.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Substitute_counts_at_once_is_listed_and_is_undone_by_the_history()
    {
        JsonElement made = await MakeAsync(
            new { entryId = _maths, date = _monday, kind = "substituted", teacherId = _zhao, reason = " 病假 " });

        JsonElement lesson = await LessonAsync(_zhao, _monday);
        (Text(lesson, "teacherName"), Text(lesson, "change"), Text(lesson, "reason")).ShouldBe(("赵老师", "substituted", "病假"));
        lesson.GetProperty("changeId").GetGuid().ShouldBe(made.GetProperty("ids")[0].GetGuid());
        JsonElement listed = (await ListAsync()).ShouldHaveSingleItem();
        (Text(listed, "teacherName"), Text(listed.GetProperty("entry"), "teacherName"), Text(listed, "lastDay"))
            .ShouldBe(("赵老师", "王老师", _monday.ToString("O")));
        JsonElement history = await GetAsync($"/api/books/history?book=timetable&schoolId={_school}&take=1");
        history.GetProperty("steps")[0].GetProperty("step").GetGuid().ShouldBe(made.GetProperty("step").GetGuid());

        using HttpResponseMessage undone = await _administrator.Http.PostAsync(
            $"/api/books/steps/{made.GetProperty("step")}/undo", null, Cancelled);

        undone.StatusCode.ShouldBe(HttpStatusCode.OK, await undone.Content.ReadAsStringAsync(Cancelled));
        (await ListAsync()).ShouldBeEmpty();
        Text(await LessonAsync(_wang, _monday), "change").ShouldBeNull();
    }

    [Fact]
    public async Task Teacher_who_has_a_lesson_then_is_refused_with_that_lesson_and_a_room_may_be_shared()
    {
        using HttpResponseMessage taken = await PostAsync(new { entryId = _maths, date = _monday, kind = "substituted", teacherId = _li });

        JsonElement problem = await taken.ShouldBeProblem(HttpStatusCode.Conflict, "taken");
        problem.GetProperty("detail").GetString()!.ShouldContain("李老师");
        problem.GetProperty("mayGoAnyway").GetBoolean().ShouldBeFalse();
        problem.GetProperty("clashes")[0].GetProperty("other").GetProperty("entryId").GetString().ShouldBe(_other);
        var room = new { entryId = _maths, date = _monday, kind = "moved", roomId = $"{_school}-2" };
        using (HttpResponseMessage shared = await PostAsync(room))
        {
            (await shared.ShouldBeProblem(HttpStatusCode.Conflict, "taken")).GetProperty("mayGoAnyway").GetBoolean().ShouldBeTrue();
        }

        await MakeAsync(new { room.entryId, room.date, room.kind, room.roomId, anyway = true });

        Text(await LessonAsync(_wang, _monday), "roomName").ShouldBe("教室2");
    }

    [Fact]
    public async Task Swap_is_made_taken_back_and_put_back_as_a_whole()
    {
        JsonElement made = await MakeAsync(new
        {
            entryId = _maths,
            date = _monday.AddDays(7),
            kind = "moved",
            with = new { entryId = _art, date = _monday.AddDays(9) },
        });

        (await PlaceAsync(_wang, 9), await PlaceAsync(_zhao, 7)).ShouldBe(((_maths, 2), (_art, 1)));
        JsonElement back = await DeleteAsync(made.GetProperty("ids")[1].GetGuid());
        back.GetProperty("ids").GetArrayLength().ShouldBe(2);
        (await PlaceAsync(_wang, 7), await PlaceAsync(_zhao, 9)).ShouldBe(((_maths, 1), (_art, 2)));
        (await _administrator.Http.PostAsync($"/api/books/steps/{back.GetProperty("step")}/undo", null, Cancelled))
            .StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PlaceAsync(_wang, 9), await PlaceAsync(_zhao, 7)).ShouldBe(((_maths, 2), (_art, 1)));

        async Task<(string?, int)> PlaceAsync(string teacher, int day)
        {
            JsonElement lesson = await LessonAsync(teacher, _monday.AddDays(day));
            return (Text(lesson, "entryId"), lesson.GetProperty("period").GetProperty("number").GetInt32());
        }
    }

    [Fact]
    public async Task Lesson_is_moved_to_another_weekday_from_a_date_on_and_not_to_a_holiday()
    {
        await MakeAsync(new { entryId = _maths, date = _monday.AddDays(14), kind = "moved", goesOn = true, newDate = _monday.AddDays(15) });

        (await LessonsAsync(_wang, _monday.AddDays(7))).ShouldHaveSingleItem();
        (await LessonsAsync(_wang, _monday.AddDays(22))).ShouldHaveSingleItem();
        (await LessonsAsync(_wang, _monday.AddDays(21))).ShouldBeEmpty();
        await AddAsync("calendar", new { schoolId = _school, firstDay = _monday.AddDays(3), kind = "off", name = "运动会" });
        using HttpResponseMessage refused = await PostAsync(new
        {
            entryId = _art,
            date = _monday.AddDays(2),
            kind = "moved",
            newDate = _monday.AddDays(3),
        });
        (await refused.ShouldBeProblem(HttpStatusCode.BadRequest, "bad-row")).GetProperty("detail").GetString().ShouldBe("那天不上课，或没有这一节");
    }

    [Fact]
    public async Task What_cannot_be_is_refused()
    {
        using (HttpResponseMessage answer = await PostAsync(new { entryId = _maths, date = _monday.AddDays(1), kind = "cancelled" }))
        {
            await answer.ShouldBeProblem(HttpStatusCode.NotFound, "unknown-lesson");
        }

        using (HttpResponseMessage answer = await PostAsync(
            new { entryId = _maths, date = _monday, kind = "moved", newDate = _monday.AddDays(700) }))
        {
            await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "bad-row");
        }

        using (HttpResponseMessage answer = await PostAsync(
            new { entryId = _maths, date = _monday, kind = "substituted", teacherId = _wang }))
        {
            await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "bad-row");
        }

        using (HttpResponseMessage answer = await PostAsync(new { entryId = _maths, date = _monday, kind = "moved", roomId = "s01-101" }))
        {
            await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "bad-row");
        }

        JsonElement made = await MakeAsync(new { entryId = _maths, date = _monday, kind = "elsewhere" });
        using (HttpResponseMessage twice = await PostAsync(new { entryId = _maths, date = _monday, kind = "elsewhere" }))
        {
            await twice.ShouldBeProblem(HttpStatusCode.BadRequest, "bad-row");
        }

        using SignedIn other = await _app.SignInAsync("schoolAdministrator2");
        using (HttpResponseMessage answer = await other.Http.PostAsJsonAsync(
            "/api/timetable/changes", new { schoolId = "s02", entryId = _maths, date = _monday, kind = "cancelled" }, Cancelled))
        {
            await answer.ShouldBeProblem(HttpStatusCode.NotFound, "unknown-lesson");
        }

        using HttpResponseMessage deleted = await other.Http.DeleteAsync(
            $"/api/timetable/changes/{made.GetProperty("ids")[0]}", Cancelled);
        await deleted.ShouldBeProblem(HttpStatusCode.NotFound, "unknown-change");
    }

    [Fact]
    public async Task Conflicts_of_a_timetable_are_told_with_names()
    {
        (await GetAsync($"/api/timetable/conflicts?schoolId={_school}&termId={_term}")).GetProperty("count").GetInt32().ShouldBe(0);
        JsonElement entry = (await GetAsync($"/api/books/timetable?schoolId={_school}")).GetProperty("rows").EnumerateArray()
            .Single(row => Text(row, "id") == _maths);
        await AddAsync("timetable", new
        {
            schoolId = _school,
            termId = _term,
            weekday = 3,
            period = 2,
            classId = Text(entry, "classId"),
            subjectId = Text(entry, "subjectId"),
            teacherId = _wang,
        });

        JsonElement found = await GetAsync($"/api/timetable/conflicts?schoolId={_school}&termId={_term}");

        found.GetProperty("count").GetInt32().ShouldBe(2, "the class and its own room");
        JsonElement conflict = found.GetProperty("conflicts")[0];
        (Text(conflict, "kind"), Text(conflict, "name"), conflict.GetProperty("dates").GetInt32()).ShouldBe(("class", "一年级1班", 10));
    }

    private static string? Text(JsonElement of, string name) =>
        of.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private async Task<JsonElement> LessonAsync(string teacher, DateOnly date) =>
        (await LessonsAsync(teacher, date)).ShouldHaveSingleItem();

    private async Task<JsonElement[]> LessonsAsync(string teacher, DateOnly date)
    {
        JsonElement week = await GetAsync($"/api/timetable/week?teacherId={teacher}&date={date:O}");
        return
        [
            .. week.GetProperty("days").EnumerateArray().Single(day => Text(day, "date") == date.ToString("O"))
                .GetProperty("lessons").EnumerateArray(),
        ];
    }

    private async Task<JsonElement[]> ListAsync() =>
        [.. (await GetAsync($"/api/timetable/changes?schoolId={_school}")).GetProperty("changes").EnumerateArray()];

    private async Task<JsonElement> GetAsync(string path) => await (await _administrator.Http.GetAsync(path, Cancelled)).JsonAsync();

    private async Task<JsonElement> DeleteAsync(Guid change) =>
        await (await _administrator.Http.DeleteAsync($"/api/timetable/changes/{change}", Cancelled)).JsonAsync();

    private async Task<JsonElement> MakeAsync(object wanted)
    {
        using HttpResponseMessage answer = await PostAsync(wanted);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancelled));
        return await answer.JsonAsync();
    }

    private Task<HttpResponseMessage> PostAsync(object wanted)
    {
        var body = JsonSerializer.SerializeToNode(wanted)!.AsObject();
        body["schoolId"] = _school;
        return _administrator.Http.PostAsJsonAsync("/api/timetable/changes", body, Cancelled);
    }

    private async Task<string> AddAsync(string book, object row)
    {
        using HttpResponseMessage answer = await _administrator.Http.PostAsJsonAsync($"/api/books/{book}", row, Cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, $"{book}: {await answer.Content.ReadAsStringAsync(Cancelled)}");
        return Text(await answer.JsonAsync(), "id")!;
    }
}

/// <summary>The same with the records in PostgreSQL.</summary>
[Collection(PostgreSqlWebCollection.Name)]
public sealed class PostgreSqlLessonChangeTests(PostgreSqlAppFixture fixture) : LessonChangeTests(fixture);
