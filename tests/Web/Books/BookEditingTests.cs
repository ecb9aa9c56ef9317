using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Audit;
using Xunke.Actors.Records;
using Xunke.Tests.Support;
using Xunke.Web.Audit;

namespace Xunke.Tests.Web.Books;

/// <summary>The books are edited while the server runs, and count at once. Each test has a school of its own.</summary>
[Collection(WebCollection.Name)]
public class BookEditingTests(AppFixture fixture) : IAsyncLifetime
{
    private readonly RunningApp _app = fixture.App;
    private readonly string _school = $"b{Guid.NewGuid():N}"[..12];
    private SignedIn _administrator = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _administrator = await _app.SignInAsync("administrator");
        await AddAsync("schools", new { id = _school, name = $"学校 {_school}" });
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _administrator.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_new_room_is_on_the_wall_takes_a_camera_and_may_be_visited_without_a_restart()
    {
        string room = $"{_school}-301";
        await AddAsync("rooms", new { id = room, schoolId = _school, name = "三年级1班", grade = "三年级", enrolled = 41 });

        using SignedIn inspector = await _app.SignInAsync("inspector");
        JsonElement rooms = await (await inspector.Http.GetAsync($"/api/schools/{_school}/rooms", Cancelled)).JsonAsync();
        rooms.EnumerateArray().Single().GetProperty("name").GetString().ShouldBe("三年级1班");
        await using HubConnection hub = await inspector.ConnectAsync();
        JsonElement view = await hub.InvokeAsync<JsonElement>("WatchRoom", room, Cancelled);
        view.GetProperty("enrolled").GetInt32().ShouldBe(41);
        (await hub.InvokeAsync<JsonElement>("WatchSchool", _school, Cancelled)).GetArrayLength().ShouldBe(1);
        using HttpResponseMessage visit = await inspector.Http.PostAsJsonAsync(
            "/api/visits", new { roomId = room, purpose = "新教室" }, Cancelled);
        visit.StatusCode.ShouldBe(HttpStatusCode.Created, await visit.Content.ReadAsStringAsync(Cancelled));
        using HttpResponseMessage keys = await _administrator.Http.GetAsync($"/api/admin/rooms?schoolId={_school}", Cancelled);
        (await keys.JsonAsync())[0].GetProperty("key").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task What_is_changed_is_what_the_rooms_actor_shows()
    {
        string room = $"{_school}-302";
        JsonObject row = await AddAsync("rooms", new { id = room, schoolId = _school, name = "三年级2班", grade = "三年级", enrolled = 41 });
        await using HubConnection hub = await _administrator.ConnectAsync();

        row["enrolled"] = 44;
        row["name"] = "  三年级2班（图书馆）　";
        JsonObject changed = await ChangeAsync("rooms", row);

        changed["name"]!.GetValue<string>().ShouldBe("三年级2班（图书馆）");
        await Eventually.TrueAsync(
            async () => (await hub.InvokeAsync<JsonElement>("WatchRoom", room, Cancelled)).GetProperty("enrolled").GetInt32() == 44,
            TimeSpan.FromSeconds(10));
        JsonElement shown = await (await _administrator.Http.GetAsync($"/api/rooms/{room}", Cancelled)).JsonAsync();
        shown.GetProperty("name").GetString().ShouldBe("三年级2班（图书馆）");
    }

    [Fact]
    public async Task Whoever_follows_the_books_is_told_of_a_change()
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");
        await using HubConnection hub = await inspector.ConnectAsync();
        var told = new TaskCompletionSource<string>();
        hub.On<string, string>("Changed", (topic, _) => told.TrySetResult(topic));
        await hub.InvokeAsync("Follow", "books", "", Cancelled);

        await AddAsync("classes", new { schoolId = _school, name = "一年级1班", grade = "一年级", enrolled = 40 });

        (await told.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancelled)).ShouldBe("books");
    }

    [Fact]
    public async Task A_row_that_somebody_else_has_changed_meanwhile_is_not_overwritten()
    {
        JsonObject seen = await AddAsync("classes", new { schoolId = _school, name = "二年级1班", grade = "二年级", enrolled = 40 });
        var mine = (JsonObject)seen.DeepClone();
        seen["enrolled"] = 39;
        await ChangeAsync("classes", seen);

        mine["name"] = "二年级一班";
        using HttpResponseMessage answer = await PutAsync("classes", mine);

        JsonElement problem = await answer.ShouldBeProblem(HttpStatusCode.Conflict, "changed-meanwhile");
        problem.GetProperty("current").GetProperty("enrolled").GetInt32().ShouldBe(39);
        (await RowsAsync("classes")).Single()["name"]!.GetValue<string>().ShouldBe("二年级1班");
    }

    [Fact]
    public async Task Each_wrong_field_is_named_with_its_reason()
    {
        using HttpResponseMessage answer = await _administrator.Http.PostAsJsonAsync(
            "/api/books/rooms", new { id = "S01 1", schoolId = "nowhere", name = "​", grade = "", enrolled = 1000 }, Cancelled);

        JsonElement problem = await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "bad-row");
        problem.GetProperty("faults").EnumerateArray().Select(fault => fault.GetProperty("field").GetString())
            .ShouldBe(["schoolId", "id", "name", "grade", "enrolled"], ignoreOrder: true);
        problem.GetProperty("faults")[0].GetProperty("reasonEn").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_row_that_something_needs_stays_and_says_what_needs_it()
    {
        string room = $"{_school}-303";
        JsonObject row = await AddAsync("rooms", new { id = room, schoolId = _school, name = "三年级3班", grade = "三年级", enrolled = 41 });
        await AddAsync("classes", new { schoolId = _school, name = "三年级3班", grade = "三年级", enrolled = 41, roomId = room });

        using HttpResponseMessage answer = await DeleteAsync("rooms", row);

        JsonElement problem = await answer.ShouldBeProblem(HttpStatusCode.Conflict, "in-use");
        JsonElement use = problem.GetProperty("uses").EnumerateArray().Single();
        use.GetProperty("book").GetString().ShouldBe("classes");
        use.GetProperty("examples")[0].GetString().ShouldBe("三年级3班");
        JsonElement uses = await (await _administrator.Http.GetAsync($"/api/books/rooms/{room}/uses", Cancelled)).JsonAsync();
        uses.GetProperty("uses").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_room_that_is_deleted_is_gone_from_the_wall_and_comes_back_when_that_is_undone()
    {
        string room = $"{_school}-304";
        JsonObject row = await AddAsync("rooms", new { id = room, schoolId = _school, name = "三年级4班", grade = "三年级", enrolled = 41 });

        using HttpResponseMessage deleted = await DeleteAsync("rooms", row);
        deleted.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _administrator.Http.GetAsync($"/api/rooms/{room}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using (HttpResponseMessage undone = await UndoAsync(StepOf(deleted)))
        {
            (await undone.JsonAsync()).GetProperty("changed").GetInt32().ShouldBe(1);
        }

        JsonElement shown = await (await _administrator.Http.GetAsync($"/api/rooms/{room}", Cancelled)).JsonAsync();
        shown.GetProperty("name").GetString().ShouldBe("三年级4班");
    }

    [Fact]
    public async Task The_history_tells_who_changed_what_and_undoes_only_what_nobody_has_changed_since()
    {
        JsonObject row = await AddAsync("teachers", new { schoolId = _school, name = "林晓", number = "0107" });
        string id = row["id"]!.GetValue<string>();
        row["name"] = "林晓明";
        using HttpResponseMessage renamed = await PutAsync("teachers", row);
        JsonObject now = (await renamed.Content.ReadFromJsonAsync<JsonObject>(Cancelled))!;
        now["number"] = "0108";
        await ChangeAsync("teachers", now);

        JsonElement history = await (await _administrator.Http.GetAsync(
            $"/api/books/history?book=teachers&rowId={id}", Cancelled)).JsonAsync();
        JsonElement[] steps = [.. history.GetProperty("steps").EnumerateArray()];
        steps.Length.ShouldBe(3);
        steps[0].GetProperty("userName").GetString().ShouldBe("administrator");
        JsonElement rename = steps[1].GetProperty("changes")[0];
        rename.GetProperty("before").GetProperty("name").GetString().ShouldBe("林晓");
        rename.GetProperty("after").GetProperty("name").GetString().ShouldBe("林晓明");
        using (HttpResponseMessage refused = await UndoAsync(StepOf(renamed)))
        {
            await refused.ShouldBeProblem(HttpStatusCode.Conflict, "changed-since");
        }

        (await UndoAsync(steps[0].GetProperty("step").GetString()!)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await UndoAsync(StepOf(renamed))).StatusCode.ShouldBe(HttpStatusCode.OK);
        JsonObject first = (await RowsAsync("teachers")).Single();
        (first["name"]!.GetValue<string>(), first["number"]!.GetValue<string>()).ShouldBe(("林晓", "0107"));
        (await _app.Services.GetRequiredService<AuditTrail>().VerifyAsync(Cancelled)).BrokenAt.ShouldBeNull();
    }

    [Theory]
    [InlineData("inspector")]
    [InlineData("teacher")]
    [InlineData("nobody")]
    public async Task A_teacher_is_given_no_account_of_another_role_or_school(string userName)
    {
        using HttpResponseMessage answer = await _administrator.Http.PostAsJsonAsync(
            "/api/books/teachers", new { schoolId = _school, name = "王三", userName }, Cancelled);

        JsonElement problem = await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "bad-row");
        problem.GetProperty("faults")[0].GetProperty("field").GetString().ShouldBe("userName");
    }

    [Fact]
    public async Task Two_teachers_of_one_school_cannot_have_one_number()
    {
        await AddAsync("teachers", new { schoolId = _school, name = "王一", number = "01", subjectIds = Array.Empty<string>() });

        using HttpResponseMessage answer = await _administrator.Http.PostAsJsonAsync(
            "/api/books/teachers", new { schoolId = _school, name = "王二", number = "01" }, Cancelled);

        JsonElement problem = await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "bad-row");
        problem.GetProperty("faults")[0].GetProperty("field").GetString().ShouldBe("number");
    }

    [Fact]
    public async Task Subjects_plans_and_calendar_are_kept_as_they_were_written()
    {
        JsonObject subject = await AddAsync("subjects", new { name = $"科学 {_school}", nameEn = "Science" });
        JsonObject teacher = await AddAsync(
            "teachers", new { schoolId = _school, name = "陈星", subjectIds = new[] { subject["id"]!.GetValue<string>() } });
        JsonObject plan = await AddAsync("day-plans", new
        {
            schoolId = _school,
            name = "夏季作息",
            weekdays = new[] { 5, 1, 2, 3, 4 },
            periods = new[]
            {
                new { number = 2, name = "第2节", kind = "lesson", from = "8:50", to = "09:30" },
                new { number = 1, name = "第1节", kind = "lesson", from = "08:00", to = "08:40" },
            },
        });
        JsonObject day = await AddAsync("calendar", new
        {
            schoolId = _school,
            firstDay = "2026-10-10",
            lastDay = "2026-10-10",
            kind = "teaching",
            followsDate = "2026-10-06",
            name = "调休上课",
        });

        (await RowsAsync("teachers")).Single()["subjectIds"]!.AsArray().Single()!.GetValue<string>()
            .ShouldBe(subject["id"]!.GetValue<string>());
        JsonObject kept = (await RowsAsync("day-plans")).Single(one => one["id"]!.ToString() == plan["id"]!.ToString());
        kept["weekdays"]!.AsArray().Select(number => number!.GetValue<int>()).ShouldBe([1, 2, 3, 4, 5]);
        kept["periods"]!.AsArray().Select(period => period!["from"]!.GetValue<string>()).ShouldBe(["08:00", "08:50"]);
        kept["version"]!.GetValue<string>().ShouldBe(plan["version"]!.GetValue<string>());
        (await RowsAsync("calendar")).Single(one => one["id"]!.ToString() == day["id"]!.ToString())["followsDate"]!
            .GetValue<string>().ShouldBe("2026-10-06");
        using HttpResponseMessage used = await DeleteAsync("subjects", subject);
        (await used.ShouldBeProblem(HttpStatusCode.Conflict, "in-use")).GetProperty("uses")[0].GetProperty("examples")[0].GetString()
            .ShouldBe(teacher["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_lesson_of_the_timetable_needs_a_class_of_its_school()
    {
        JsonObject term = await AddAsync("terms", new { name = "学期", firstDay = "2031-02-10", lastDay = "2031-02-14" });
        JsonObject subject = await AddAsync("subjects", new { name = $"语文 {_school}" });
        JsonObject one = await AddAsync("classes", new { schoolId = _school, name = "四年级1班", grade = "四年级", enrolled = 40 });
        object Entry(string classId) => new
        {
            termId = term["id"]!.ToString(),
            schoolId = _school,
            weekday = 1,
            period = 3,
            classId,
            subjectId = subject["id"]!.ToString(),
            rotation = 2,
            turns = 1,
        };

        using HttpResponseMessage wrong = await _administrator.Http.PostAsJsonAsync("/api/books/timetable", Entry("s01-101"), Cancelled);
        (await wrong.ShouldBeProblem(HttpStatusCode.BadRequest, "bad-row")).GetProperty("faults")[0].GetProperty("field").GetString()
            .ShouldBe("classId");
        JsonObject entry = await AddAsync("timetable", Entry(one["id"]!.ToString()));

        (await RowsAsync("timetable")).Single()["id"]!.ToString().ShouldBe(entry["id"]!.ToString());
        using (HttpResponseMessage used = await DeleteAsync("classes", one))
        {
            await used.ShouldBeProblem(HttpStatusCode.Conflict, "in-use");
        }

        (await DeleteAsync("timetable", entry)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await DeleteAsync("terms", term)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nothing_of_an_undoing_that_is_refused_is_kept()
    {
        JsonObject subject = await AddAsync("subjects", new { name = $"美术 {_school}" });
        using HttpResponseMessage added = await _administrator.Http.PostAsJsonAsync(
            "/api/books/classes", new { schoolId = _school, name = "五年级1班", grade = "五年级", enrolled = 40 }, Cancelled);
        JsonObject one = (await added.Content.ReadFromJsonAsync<JsonObject>(Cancelled))!;
        JsonObject term = await AddAsync("terms", new { name = "学期二", firstDay = "2032-02-10", lastDay = "2032-02-14" });
        await AddAsync("timetable", new
        {
            termId = term["id"]!.ToString(),
            schoolId = _school,
            weekday = 1,
            period = 3,
            classId = one["id"]!.ToString(),
            subjectId = subject["id"]!.ToString(),
        });

        using HttpResponseMessage undone = await UndoAsync(StepOf(added));

        await undone.ShouldBeProblem(HttpStatusCode.Conflict, "changed-since");
        (await RowsAsync("classes")).Count.ShouldBe(1);
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<RecordsContext>().Audit.AsNoTracking()
            .CountAsync(line => line.Action == "books.undone" && line.Subject.StartsWith(StepOf(added)), Cancelled)).ShouldBe(0);
    }

    private static string StepOf(HttpResponseMessage answer) => answer.Headers.GetValues("Xunke-Step").Single();

    private async Task<JsonObject> AddAsync(string book, object row)
    {
        using HttpResponseMessage answer = await _administrator.Http.PostAsJsonAsync($"/api/books/{book}", row, Cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancelled));
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancelled))!;
    }

    private async Task<JsonObject> ChangeAsync(string book, JsonObject row)
    {
        using HttpResponseMessage answer = await PutAsync(book, row);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancelled));
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancelled))!;
    }

    private Task<HttpResponseMessage> PutAsync(string book, JsonObject row) =>
        _administrator.Http.PutAsJsonAsync($"/api/books/{book}/{row["id"]!.GetValue<string>()}", row, Cancelled);

    private Task<HttpResponseMessage> DeleteAsync(string book, JsonObject row) => _administrator.Http.DeleteAsync(
        $"/api/books/{book}/{row["id"]!.GetValue<string>()}?version={row["version"]!.GetValue<string>()}", Cancelled);

    private Task<HttpResponseMessage> UndoAsync(string step) =>
        _administrator.Http.PostAsync($"/api/books/steps/{step}/undo", null, Cancelled);

    private async Task<IReadOnlyList<JsonObject>> RowsAsync(string book)
    {
        JsonObject answer = (await _administrator.Http.GetFromJsonAsync<JsonObject>($"/api/books/{book}?schoolId={_school}", Cancelled))!;
        return [.. answer["rows"]!.AsArray().Select(row => row!.AsObject())];
    }
}

/// <summary>The same with the records in PostgreSQL.</summary>
[Collection(PostgreSqlWebCollection.Name)]
public sealed class PostgreSqlBookEditingTests(PostgreSqlAppFixture fixture) : BookEditingTests(fixture);
