using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Audit;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;

namespace Xunke.Tests.Web.Timetable;

/// <summary>Calendar programs read the lessons of a teacher or a room at an address of its own.</summary>
public sealed class CalendarFeedTests(TimetableServer server) : IClassFixture<TimetableServer>
{
    private readonly RunningApp _app = server.App;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private DateOnly NextMonday => Weeks.SameWeek(server.Book.Today, 1).AddDays(7);

    [Fact]
    public async Task Calendar_has_every_lesson_of_the_term_and_keeps_to_the_rules_of_RFC_5545()
    {
        const string Teacher = "s08-t001";
        using SignedIn administrator = await _app.SignInAsync("administrator");
        await ChangeAsync(administrator, "s08", await LessonAsync(administrator, Teacher, NextMonday), new
        {
            kind = "cancelled",
            reason = "排练, 请到操场集合; 穿运动鞋\\带水杯。这一天的课停上，下周再补，请各位任课老师互相转告，谢谢大家的配合与支持",
        });
        Uri address = await MakeAsync(administrator, new { teacherId = Teacher });

        using HttpClient program = _app.Anonymous();
        using HttpResponseMessage answer = await program.GetAsync(address, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/calendar; charset=utf-8");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("timetable.ics");
        (answer.Headers.CacheControl!.Private, answer.Headers.CacheControl.MaxAge).ShouldBe((true, TimeSpan.FromMinutes(15)));
        string text = await answer.Content.ReadAsStringAsync(Cancelled);
        text.Replace("\r\n", "").ShouldNotContain('\n');
        string[] lines = text.TrimEnd().Split("\r\n");
        lines.ShouldAllBe(line => Encoding.UTF8.GetByteCount(line) <= 75);
        lines.Take(1).Concat(lines.TakeLast(1)).ShouldBe(["BEGIN:VCALENDAR", "END:VCALENDAR"]);
        lines.ShouldContain("VERSION:2.0");
        lines.ShouldContain(line => line.StartsWith("PRODID:"));
        text.Replace("\r\n ", "").ShouldContain(@"排练\, 请到操场集合\; 穿运动鞋\\带水杯");

        Calendar calendar = Calendar.Load(text)!;
        PlannedLesson[] planned = [.. Lessons("s08").Where(lesson => lesson.TeacherId == Teacher)];
        planned.Length.ShouldBeGreaterThan(100);
        calendar.Events.Select(one => one.Uid).Distinct().Count().ShouldBe(planned.Length);
        calendar.Events.Select(one => (one.Start!.AsUtc, one.End!.AsUtc)).ShouldBe(
            planned.Select(lesson => (lesson.From.UtcDateTime, lesson.To.UtcDateTime)), ignoreOrder: true);
        calendar.Events.ShouldAllBe(one => one.DtStamp != null && one.Start!.IsUtc && one.Location != null);
        CalendarEvent cancelled = calendar.Events.Single(one => one.Status == EventStatus.Cancelled);
        cancelled.Summary!.ShouldStartWith("停课：");
        cancelled.Description!.ShouldContain("互相转告");
    }

    [Fact]
    public async Task Substitution_goes_from_one_calendar_into_the_other_and_a_lesson_elsewhere_leaves_its_room()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        JsonElement lesson = await LessonAsync(administrator, "s09-t001", NextMonday);
        string uid = $"{lesson.GetProperty("entryId").GetGuid():N}-{NextMonday:yyyyMMdd}@xunke";
        string substitute = FreeTeacher("s09", lesson);
        Uri from = await MakeAsync(administrator, new { teacherId = "s09-t001" }), to = await MakeAsync(administrator, new
        {
            teacherId = substitute,
            language = "en",
        });
        Uri room = await MakeAsync(administrator, new { roomId = lesson.GetProperty("roomId").GetString() });
        (await UidsAsync(from)).ShouldContain(uid);
        (await UidsAsync(room)).ShouldContain(uid);

        await ChangeAsync(administrator, "s09", lesson, new { kind = "substituted", teacherId = substitute });
        await ChangeAsync(administrator, "s09", lesson, new { kind = "elsewhere" });

        (await UidsAsync(from)).ShouldNotContain(uid);
        (await UidsAsync(room)).ShouldNotContain(uid);
        CalendarEvent taken = (await ReadAsync(to)).Events.Single(one => one.Uid == uid);
        taken.Location.ShouldBe("not in the classroom");
        taken.Description!.ShouldContain("Instead of");
    }

    [Fact]
    public async Task Teacher_makes_an_own_address_that_ends_when_it_is_made_anew_or_revoked_and_only_its_hash_is_kept()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        await _app.AddAccountAsync("feedteacher", Role.Teacher, "s10");
        JsonObject row = (await administrator.Http.GetFromJsonAsync<JsonObject>("/api/books/teachers?schoolId=s10", Cancelled))!["rows"]!
            .AsArray().First(one => one!["id"]!.ToString() == "s10-t001")!.AsObject();
        row["userName"] = "feedteacher";
        (await administrator.Http.PutAsJsonAsync("/api/books/teachers/s10-t001", row, Cancelled)).EnsureSuccessStatusCode();
        using SignedIn teacher = await _app.SignInAsync("feedteacher");
        (await StateAsync(teacher)).GetProperty("madeAt").ValueKind.ShouldBe(JsonValueKind.Null);

        Uri first = await MakeAsync(teacher, new { });
        (await StateAsync(teacher)).GetProperty("madeBy").GetString().ShouldBe("feedteacher");
        (await UidsAsync(first)).ShouldNotBeEmpty();
        Uri second = await MakeAsync(teacher, new { });

        (await StatusAsync(first), await StatusAsync(second)).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.OK));
        string token = second.Segments[^1].Replace(".ics", "");
        await using (AsyncServiceScope scope = _app.Services.CreateAsyncScope())
        {
            RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
            CalendarFeed feed = await records.CalendarFeeds.AsNoTracking().SingleAsync(one => one.TeacherId == "s10-t001", Cancelled);
            feed.Digest.ShouldNotContain(token);
            (await records.Audit.AsNoTracking().Where(line => line.UserName == "feedteacher" && line.Action.StartsWith("calendar"))
                .Select(line => line.Subject).Distinct().ToListAsync(Cancelled)).ShouldBe(["teacher s10-t001"]);
        }

        (await teacher.Http.GetAsync("/api/timetable/feed?teacherId=s10-t002", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await teacher.Http.PostAsJsonAsync("/api/timetable/feed", new { roomId = "s10-101" }, Cancelled))
            .StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await teacher.Http.DeleteAsync("/api/timetable/feed", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await StatusAsync(second)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Address_rests_while_the_account_that_made_it_is_locked()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        await _app.AddAccountAsync("feedclerk", Role.SchoolAdministrator, "s11");
        using SignedIn clerk = await _app.SignInAsync("feedclerk");
        Uri address = await MakeAsync(clerk, new { teacherId = "s11-t001" });

        await LockAsync(locked: true);
        (await StatusAsync(address)).ShouldBe(HttpStatusCode.NotFound);
        await LockAsync(locked: false);
        (await StatusAsync(address)).ShouldBe(HttpStatusCode.OK);

        async Task LockAsync(bool locked) =>
            (await administrator.Http.PutAsJsonAsync("/api/accounts/feedclerk/lock", new { locked }, Cancelled)).EnsureSuccessStatusCode();
    }

    private static async Task<Uri> MakeAsync(SignedIn caller, object of)
    {
        using HttpResponseMessage answer = await caller.Http.PostAsJsonAsync("/api/timetable/feed", of, Cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancelled));
        JsonElement made = await answer.JsonAsync();
        made.GetProperty("qr").GetString()!.ShouldStartWith("<svg");
        return new Uri(made.GetProperty("url").GetString()!);
    }

    private static async Task<JsonElement> StateAsync(SignedIn caller) =>
        await (await caller.Http.GetAsync("/api/timetable/feed", Cancelled)).JsonAsync();

    private static async Task ChangeAsync(SignedIn caller, string school, JsonElement lesson, object what)
    {
        var body = JsonSerializer.SerializeToNode(what)!.AsObject();
        body["schoolId"] = school;
        body["entryId"] = lesson.GetProperty("entryId").GetString();
        body["date"] = lesson.GetProperty("date").GetString();
        using HttpResponseMessage answer = await caller.Http.PostAsJsonAsync("/api/timetable/changes", body, Cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancelled));
    }

    private static async Task<JsonElement> LessonAsync(SignedIn caller, string teacher, DateOnly monday)
    {
        string path = $"/api/timetable/week?teacherId={teacher}&date={monday:O}";
        JsonElement week = await (await caller.Http.GetAsync(path, Cancelled)).JsonAsync();
        return week.GetProperty("days")[0].GetProperty("lessons")[0];
    }

    /// <summary>Somebody who has no lesson at that time.</summary>
    private string FreeTeacher(string school, JsonElement lesson)
    {
        DateTimeOffset from = lesson.GetProperty("period").GetProperty("from").GetDateTimeOffset();
        var busy = server.Book.Of(school).On(NextMonday).Where(one => one.From == from).Select(one => one.TeacherId).ToHashSet();
        return server.Book.Names.Teachers.Values.Where(one => one.SchoolId == school).Select(one => one.Id).Order()
            .First(id => !busy.Contains(id));
    }

    private IEnumerable<PlannedLesson> Lessons(string school)
    {
        SchoolTimetable timetable = server.Book.Of(school);
        Term term = timetable.Terms.Single(one => one.FirstDay <= server.Book.Today && one.LastDay >= server.Book.Today);
        int days = term.LastDay.DayNumber - term.FirstDay.DayNumber + 1;
        return Enumerable.Range(0, days).SelectMany(i => timetable.On(term.FirstDay.AddDays(i)));
    }

    private async Task<Calendar> ReadAsync(Uri address)
    {
        using HttpClient program = _app.Anonymous();
        return Calendar.Load(await program.GetStringAsync(address, Cancelled))!;
    }

    private async Task<IEnumerable<string?>> UidsAsync(Uri address) => (await ReadAsync(address)).Events.Select(one => one.Uid);

    private async Task<HttpStatusCode> StatusAsync(Uri address)
    {
        using HttpClient program = _app.Anonymous();
        return (await program.GetAsync(address, Cancelled)).StatusCode;
    }
}
