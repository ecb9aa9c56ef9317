using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Identity;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Tests.Web.Identity;
using Xunke.Tests.Web.OwnAccount;

namespace Xunke.Tests.Web.Accounts;

/// <summary>An inspector or researcher reaches the named schools and subjects, for as long as the office lasts.</summary>
[Collection(WebCollection.Name)]
public class ScopeTests(AppFixture fixture)
{
    private readonly RunningApp _app = fixture.App;
    private readonly string _user = $"lim{Guid.NewGuid():N}"[..14];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static DateOnly Today => DateOnly.FromDateTime(DateTime.Now);

    [Fact]
    public async Task An_inspector_of_named_schools_reaches_these_and_no_sum_over_others()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        await _app.AddAccountAsync(_user, Role.Inspector);
        JsonElement view = await ChangeAsync(
            administrator, new { displayName = "督导", role = "inspector", schools = (string[])["s02", "s01"] });
        view.GetProperty("schools").EnumerateArray().Select(one => one.GetString()).ShouldBe(["s01", "s02"]);
        using SignedIn inspector = await _app.SignInAsync(_user);

        JsonElement schools = await (await inspector.Http.GetAsync("/api/schools", Cancelled)).JsonAsync();
        schools.EnumerateArray().Select(one => one.GetProperty("schoolId").GetString()).ShouldBe(["s01", "s02"], ignoreOrder: true);
        (await inspector.Http.GetAsync("/api/schools/s02/rooms", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (string path in (string[])["/api/schools/s03/rooms", "/api/rooms/s03-101", "/api/rooms/nowhere",
            "/api/timetable/now?schoolId=s03"])
        {
            (await inspector.Http.GetAsync(path, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        }

        (await VisitAsync(inspector, "s03-101")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await VisitAsync(inspector, "s02-101")).StatusCode.ShouldBe(HttpStatusCode.Created);
        await using HubConnection hub = await inspector.ConnectAsync();
        await Should.ThrowAsync<HubException>(() => hub.InvokeAsync("WatchDistrict", Cancelled));
        await Should.ThrowAsync<HubException>(() => hub.InvokeAsync("WatchSchool", "s03", Cancelled));
        await hub.InvokeAsync("WatchSchool", "s02", Cancelled);
        await Trail.ShouldTellAsync(_app, "administrator", "account.changed", $"{_user} inspector schools s01 s02");
    }

    [Fact]
    public async Task A_researcher_of_named_subjects_sees_lessons_of_these_only()
    {
        await AddSubjectsAsync();
        using SignedIn administrator = await _app.SignInAsync("administrator");
        await _app.AddAccountAsync(_user, Role.Researcher);
        await ChangeAsync(administrator, new
        {
            displayName = "教研员",
            role = "researcher",
            schools = (string[])["s17"],
            subjects = (string[])["scope-maths"],
        });
        Guid own = await AddLessonAsync("s17", "scope-maths"), other = await AddLessonAsync("s17", "scope-music"),
            elsewhere = await AddLessonAsync("s18", "scope-maths"), unknown = await AddLessonAsync("s17", null);
        using SignedIn researcher = await _app.SignInAsync(_user);

        JsonElement lessons = await (await researcher.Http.GetAsync("/api/lessons?take=500", Cancelled)).JsonAsync();
        Guid[] listed = [.. lessons.EnumerateArray().Select(lesson => lesson.GetProperty("lessonId").GetGuid())];
        listed.ShouldContain(own);
        listed.ShouldNotContain(other);
        listed.ShouldNotContain(elsewhere);
        listed.ShouldNotContain(unknown);
        foreach (Guid lesson in (Guid[])[other, elsewhere, unknown])
        {
            (await researcher.Http.GetAsync($"/api/lessons/{lesson}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        // Nothing is planned there now, so it is no lesson of the subject.
        using HttpResponseMessage visit = await VisitAsync(researcher, "s17-101");
        await visit.ShouldBeProblem(HttpStatusCode.Forbidden, "other-subject");
        JsonElement account = await (await researcher.Http.GetAsync("/api/account", Cancelled)).JsonAsync();
        account.GetProperty("subjects")[0].GetProperty("id").GetString().ShouldBe("scope-maths");
    }

    [Fact]
    public async Task A_scope_that_is_changed_ends_what_is_open_within_five_seconds()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        await _app.AddAccountAsync(_user, Role.Inspector);
        using SignedIn inspector = await _app.SignInAsync(_user);
        await using HubConnection hub = await inspector.ConnectAsync();
        var closed = new TaskCompletionSource();
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };

        await ChangeAsync(administrator, new { displayName = "督导", role = "inspector", schools = (string[])["s02"] });

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(5), Cancelled);
        await TakenAccessTests.UnauthorisedAsync(inspector.Http);
    }

    [Fact]
    public async Task An_office_that_ends_ends_the_sessions_and_the_sign_in_says_so()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        await _app.AddAccountAsync(_user, Role.Inspector);
        JsonElement held = await ChangeAsync(administrator, new
        {
            displayName = "督导",
            role = "inspector",
            officeFrom = Today.AddDays(-1),
            officeUntil = Today.AddDays(1),
        });
        held.GetProperty("standing").GetString().ShouldBe("active");
        using SignedIn inspector = await _app.SignInAsync(_user);

        // As the clock does it: nobody but time changes the account.
        await SetOfficeAsync(Today.AddDays(-9), Today.AddDays(-1));

        await TakenAccessTests.UnauthorisedAsync(inspector.Http);
        using (HttpResponseMessage over = await SignInAsync(RunningApp.Password))
        {
            await over.ShouldBeProblem(HttpStatusCode.Forbidden, "office-over");
        }

        using (HttpResponseMessage wrong = await SignInAsync("not-the-password"))
        {
            await wrong.ShouldBeProblem(HttpStatusCode.Unauthorized, "wrong-credentials");
        }

        await SetOfficeAsync(Today.AddDays(1), null);
        using (HttpResponseMessage early = await SignInAsync(RunningApp.Password))
        {
            await early.ShouldBeProblem(HttpStatusCode.Forbidden, "office-not-begun");
        }

        JsonElement listed = (await (await administrator.Http.GetAsync("/api/accounts", Cancelled)).JsonAsync()).GetProperty("accounts");
        listed.EnumerateArray().Single(one => one.GetProperty("userName").GetString() == _user)
            .GetProperty("standing").GetString().ShouldBe("outOfOffice");
        await SetOfficeAsync(null, Today);
        (await SignInAsync(RunningApp.Password)).StatusCode.ShouldBe(HttpStatusCode.OK, "the last day counts");
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_field_by_field()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        foreach ((object entry, string field) in ((object, string)[])[
            (new { userName = _user, displayName = "甲", role = "auditor", schools = (string[])["s01"] }, "schools"),
            (new { userName = _user, displayName = "甲", role = "auditor", subjects = (string[])["x"] }, "subjects"),
            (new { userName = _user, displayName = "甲", role = "inspector", schools = (string[])["nowhere"] }, "schools"),
            (new { userName = _user, displayName = "甲", role = "inspector", subjects = (string[])["nothing"] }, "subjects"),
            (new { userName = _user, displayName = "甲", role = "inspector", officeFrom = "2026-03-02", officeUntil = "2026-03-01" },
                "officeUntil"),
            (new { userName = _user, displayName = "甲", role = "machine" }, "role")])
        {
            using HttpResponseMessage answer = await administrator.Http.PostAsJsonAsync("/api/accounts", entry, Cancelled);
            JsonElement problem = await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "bad-row");
            problem.GetProperty("faults").EnumerateArray().Select(fault => fault.GetProperty("field").GetString()).ShouldContain(field);
        }
    }

    private async Task<JsonElement> ChangeAsync(SignedIn by, object entry) =>
        await (await by.Http.PutAsJsonAsync($"/api/accounts/{_user}", entry, Cancelled)).JsonAsync();

    private static Task<HttpResponseMessage> VisitAsync(SignedIn by, string roomId) =>
        by.Http.PostAsJsonAsync("/api/visits", new { roomId, purpose = "限定范围" }, Cancelled);

    private Task<HttpResponseMessage> SignInAsync(string password) =>
        _app.Browser().Http.PostAsJsonAsync("/api/session", new { userName = _user, password }, Cancelled);

    private async Task SetOfficeAsync(DateOnly? from, DateOnly? until)
    {
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RecordsContext>().Users.Where(one => one.UserName == _user)
            .ExecuteUpdateAsync(
                one => one.SetProperty(row => row.OfficeFrom, from).SetProperty(row => row.OfficeUntil, until), Cancelled);
    }

    private async Task AddSubjectsAsync()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        foreach ((string id, string name) in ((string, string)[])[("scope-maths", "范围数学"), ("scope-music", "范围音乐")])
        {
            using HttpResponseMessage answer = await administrator.Http.PostAsJsonAsync("/api/books/subjects", new { id, name }, Cancelled);
            answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancelled));
        }
    }

    private async Task<Guid> AddLessonAsync(string schoolId, string? subjectId)
    {
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        var lesson = new Lesson
        {
            Id = Guid.NewGuid(),
            RoomId = $"{schoolId}-101",
            SchoolId = schoolId,
            From = DateTimeOffset.UnixEpoch,
            To = DateTimeOffset.UnixEpoch.AddMinutes(40),
            Ended = true,
            Enrolled = 40,
            Samples = [],
            SubjectId = subjectId,
        };
        records.Lessons.Add(lesson);
        await records.SaveChangesAsync(Cancelled);
        return lesson.Id;
    }
}

/// <summary>The same with the records in PostgreSQL.</summary>
[Collection(PostgreSqlWebCollection.Name)]
public sealed class PostgreSqlScopeTests(PostgreSqlAppFixture fixture) : ScopeTests(fixture);
