using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Tests.Web.Identity;

namespace Xunke.Tests.Web.Accounts;

/// <summary>Accounts are made, handed out, changed and locked in the browser.</summary>
[Collection(WebCollection.Name)]
public class AccountsTests(AppFixture fixture)
{
    private const string Chosen = "a password of my own";

    private readonly RunningApp _app = fixture.App;
    private readonly string _user = $"t{Guid.NewGuid():N}"[..12];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_teacher_chooses_a_password_with_a_link_and_sees_own_lessons_only()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        string teacher = await AddTeacherAsync(administrator, "s01");
        JsonElement made = await MakeAsync(
            administrator, new { userName = _user, displayName = "周老师", role = "teacher", schoolId = "s01", teacherId = teacher });
        made.GetProperty("account").GetProperty("standing").GetString().ShouldBe("invited");
        JsonElement link = made.GetProperty("invitation");
        link.GetProperty("qr").GetString()!.ShouldStartWith("<svg");
        string token = link.GetProperty("url").GetString()!.Split("/invitation#")[1];
        Guid own = await AddLessonAsync(teacher), other = await AddLessonAsync("somebody-else");

        using SignedIn browser = _app.Browser();
        JsonElement invited = await (await browser.Http.PostAsJsonAsync(
            "/api/invitations/look", new { value = token }, Cancelled)).JsonAsync();
        invited.GetProperty("displayName").GetString().ShouldBe("周老师");
        using (HttpResponseMessage weak = await UseAsync(browser, token, "short"))
        {
            await weak.ShouldBeProblem(HttpStatusCode.BadRequest, "weak-password");
        }

        using HttpResponseMessage used = await UseAsync(browser, token, Chosen);
        (await used.JsonAsync()).GetProperty("role").GetString().ShouldBe("teacher");

        JsonElement lessons = await (await browser.Http.GetAsync("/api/lessons?take=500", Cancelled)).JsonAsync();
        lessons.EnumerateArray().Select(lesson => lesson.GetProperty("lessonId").GetGuid()).ShouldBe([own]);
        JsonElement week = await (await browser.Http.GetAsync("/api/timetable/week", Cancelled)).JsonAsync();
        week.GetProperty("name").GetString().ShouldBe("周老师");
        (await browser.Http.GetAsync($"/api/lessons/{other}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await browser.Http.GetAsync("/api/schools/s01/rooms", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using SignedIn again = _app.Browser();
        using (HttpResponseMessage twice = await UseAsync(again, token, Chosen))
        {
            await twice.ShouldBeProblem(HttpStatusCode.NotFound, "unknown-link");
        }

        using HttpResponseMessage signedIn = await again.Http.PostAsJsonAsync(
            "/api/session", new { userName = _user, password = Chosen }, Cancelled);
        signedIn.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_person_who_is_locked_or_loses_a_role_is_out_within_five_seconds()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        using SignedIn inspector = await HandOutAsync(administrator, new { userName = _user, displayName = "督导", role = "inspector" });
        await using HubConnection hub = await inspector.ConnectAsync();
        var closed = new TaskCompletionSource();
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };

        using HttpResponseMessage demoted = await administrator.Http.PutAsJsonAsync(
            $"/api/accounts/{_user}", new { displayName = "督导", role = "principal", schoolId = "s03" }, Cancelled);
        demoted.StatusCode.ShouldBe(HttpStatusCode.OK, await demoted.Content.ReadAsStringAsync(Cancelled));

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(5), Cancelled);
        await TakenAccessTests.UnauthorisedAsync(inspector.Http);
        using SignedIn principal = _app.Browser();
        (await SignInAsync(principal)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using HttpResponseMessage locked = await administrator.Http.PutAsJsonAsync(
            $"/api/accounts/{_user}/lock", new { locked = true }, Cancelled);
        (await locked.JsonAsync()).GetProperty("standing").GetString().ShouldBe("locked");
        await TakenAccessTests.UnauthorisedAsync(principal.Http);
        (await SignInAsync(principal)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await administrator.Http.PutAsJsonAsync($"/api/accounts/{_user}/lock", new { locked = false }, Cancelled);
        (await SignInAsync(principal)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_a_new_link_which_ends_the_old_one_and_all_sessions()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        using SignedIn person = await HandOutAsync(administrator, new { userName = _user, displayName = "审计", role = "auditor" });
        string first = await InviteAsync(administrator), second = await InviteAsync(administrator);

        using SignedIn browser = _app.Browser();
        using (HttpResponseMessage old = await UseAsync(browser, first, "another password"))
        {
            await old.ShouldBeProblem(HttpStatusCode.NotFound, "unknown-link");
        }

        (await person.Http.GetAsync("/api/session", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK, "until the link is used");
        (await UseAsync(browser, second, "another password")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await TakenAccessTests.UnauthorisedAsync(person.Http);
        (await browser.Http.GetAsync("/api/session", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK, "the session that the link began");
        (await SignInAsync(_app.Browser())).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "the old password");
    }

    [Fact]
    public async Task Sessions_are_listed_and_ended_one_by_one()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        using SignedIn one = await HandOutAsync(administrator, new { userName = _user, displayName = "研究", role = "researcher" });
        using SignedIn two = _app.Browser();
        await SignInAsync(two);

        JsonElement sessions = (await (await administrator.Http.GetAsync($"/api/accounts/{_user}/sessions", Cancelled)).JsonAsync())
            .GetProperty("sessions");
        sessions.GetArrayLength().ShouldBe(2);
        sessions.ToString().ShouldNotContain(two.Cookie);
        string newest = sessions[0].GetProperty("sessionId").GetString()!;
        (await administrator.Http.DeleteAsync($"/api/accounts/{_user}/sessions/{newest}", Cancelled)).StatusCode
            .ShouldBe(HttpStatusCode.NoContent);

        HttpStatusCode[] left =
        [
            (await one.Http.GetAsync("/api/session", Cancelled)).StatusCode,
            (await two.Http.GetAsync("/api/session", Cancelled)).StatusCode,
        ];
        left.Count(status => status == HttpStatusCode.OK).ShouldBe(1);
    }

    [Fact]
    public async Task A_schools_administrator_looks_after_the_own_teachers_and_nobody_else()
    {
        using SignedIn school = await _app.SignInAsync("schoolAdministrator");
        string own = await AddTeacherAsync(school, "s01");

        await MakeAsync(school, new { userName = _user, displayName = "本校", role = "teacher", schoolId = "s01", teacherId = own });
        foreach ((string role, string? schoolId) in ((string, string?)[])[("administrator", null), ("principal", "s01"),
            ("schoolAdministrator", "s01"), ("afterSchoolCoordinator", "s02")])
        {
            using HttpResponseMessage refused = await school.Http.PostAsJsonAsync(
                "/api/accounts", new { userName = $"{_user}x", displayName = "别的", role, schoolId }, Cancelled);
            await refused.ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        }

        JsonElement list = (await (await school.Http.GetAsync("/api/accounts", Cancelled)).JsonAsync()).GetProperty("accounts");
        list.EnumerateArray().Select(account => account.GetProperty("schoolId").GetString()).Distinct().ShouldBe(["s01"]);
        list.EnumerateArray().Select(account => account.GetProperty("role").GetString())
            .Except(["teacher", "afterSchoolCoordinator"]).ShouldBeEmpty();
        (await school.Http.PutAsJsonAsync("/api/accounts/principal/lock", new { locked = true }, Cancelled)).StatusCode
            .ShouldBe(HttpStatusCode.NotFound);
        using HttpResponseMessage raised = await school.Http.PutAsJsonAsync(
            $"/api/accounts/{_user}", new { displayName = "本校", role = "principal", schoolId = "s01" }, Cancelled);
        await raised.ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        (await school.Http.GetAsync("/api/admin/rooms?schoolId=s02", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await school.Http.PostAsync("/api/admin/rooms/s02-101/key", null, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_row_that_somebody_wrote_into_by_hand_does_not_fail_the_list()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        await MakeAsync(administrator, new { userName = _user, displayName = "手改", role = "auditor" });
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        await records.Database.ExecuteSqlAsync(
            $"""UPDATE "AspNetUsers" SET "LockoutEnd" = 'for ever' WHERE "UserName" = {_user}""", Cancelled);

        JsonElement list = (await (await administrator.Http.GetAsync("/api/accounts", Cancelled)).JsonAsync()).GetProperty("accounts");

        list.EnumerateArray().Single(account => account.GetProperty("userName").GetString() == _user)
            .GetProperty("standing").GetString().ShouldBe("locked");
        using HttpResponseMessage asked = await administrator.Http.PutAsJsonAsync(
            $"/api/accounts/{_user}/lock", new { locked = true }, Cancelled);
        await asked.ShouldBeProblem(HttpStatusCode.NotFound, "unknown-account");
    }

    [Fact]
    public async Task Nobody_locks_or_demotes_the_own_account()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");

        using HttpResponseMessage locked = await administrator.Http.PutAsJsonAsync(
            "/api/accounts/ADMINISTRATOR/lock", new { locked = true }, Cancelled);
        await locked.ShouldBeProblem(HttpStatusCode.BadRequest, "own-account");
        using HttpResponseMessage demoted = await administrator.Http.PutAsJsonAsync(
            "/api/accounts/administrator", new { displayName = "李静", role = "inspector" }, Cancelled);
        await demoted.ShouldBeProblem(HttpStatusCode.BadRequest, "own-account");
    }

    [Fact]
    public async Task What_is_wrong_with_an_account_is_told_field_by_field()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");

        using HttpResponseMessage answer = await administrator.Http.PostAsJsonAsync(
            "/api/accounts", new { userName = "inspector", displayName = " ", role = "teacher", schoolId = "nowhere" }, Cancelled);

        JsonElement problem = await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "bad-row");
        problem.GetProperty("faults").EnumerateArray().Select(fault => fault.GetProperty("field").GetString())
            .ShouldBe(["userName", "displayName", "schoolId", "teacherId"]);
    }

    [Fact]
    public async Task All_teachers_of_a_school_who_have_none_get_accounts_with_links_at_once()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator"), other = await _app.SignInAsync("schoolAdministrator");
        const string School = "s29";
        foreach ((string name, string? number) in ((string, string?)[])[("甲老师", "２９０１"), ("乙老师", "语-1"), ("丙老师", null)])
        {
            using HttpResponseMessage added = await administrator.Http.PostAsJsonAsync(
                "/api/books/teachers", new { schoolId = School, name, number }, Cancelled);
            added.StatusCode.ShouldBe(HttpStatusCode.Created, await added.Content.ReadAsStringAsync(Cancelled));
        }

        await (await other.Http.PostAsJsonAsync("/api/accounts/teachers", new { schoolId = School }, Cancelled)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        JsonElement[] made = await MakeAllAsync();
        made.Select(one => one.GetProperty("teacherName").GetString()).ShouldBe(["甲老师", "乙老师", "丙老师"], ignoreOrder: true);
        JsonElement first = made.Single(one => one.GetProperty("teacherName").GetString() == "甲老师");
        first.GetProperty("userName").GetString().ShouldBe("s29-2901");
        using SignedIn browser = _app.Browser();
        using HttpResponseMessage used = await UseAsync(browser, first.GetProperty("url").GetString()!.Split('#')[1], Chosen);
        (await used.JsonAsync()).GetProperty("role").GetString().ShouldBe("teacher");
        (await MakeAllAsync()).ShouldBeEmpty("each has one now");

        async Task<JsonElement[]> MakeAllAsync()
        {
            using HttpResponseMessage answer = await administrator.Http.PostAsJsonAsync(
                "/api/accounts/teachers", new { schoolId = School }, Cancelled);
            return [.. (await answer.JsonAsync()).GetProperty("teachers").EnumerateArray()];
        }
    }

    private static async Task<JsonElement> MakeAsync(SignedIn by, object account)
    {
        using HttpResponseMessage answer = await by.Http.PostAsJsonAsync("/api/accounts", account, Cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancelled));
        return await answer.JsonAsync();
    }

    private static async Task<string> AddTeacherAsync(SignedIn by, string schoolId)
    {
        using HttpResponseMessage answer = await by.Http.PostAsJsonAsync("/api/books/teachers", new { schoolId, name = "周老师" }, Cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancelled));
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancelled))!["id"]!.GetValue<string>();
    }

    private static Task<HttpResponseMessage> UseAsync(SignedIn browser, string token, string password) =>
        browser.Http.PostAsJsonAsync("/api/invitations/use", new { value = token, password }, Cancelled);

    private Task<HttpResponseMessage> SignInAsync(SignedIn browser) =>
        browser.Http.PostAsJsonAsync("/api/session", new { userName = _user, password = Chosen }, Cancelled);

    private async Task<SignedIn> HandOutAsync(SignedIn by, object account)
    {
        string url = (await MakeAsync(by, account)).GetProperty("invitation").GetProperty("url").GetString()!;
        SignedIn browser = _app.Browser();
        using HttpResponseMessage used = await UseAsync(browser, url.Split('#')[1], Chosen);
        used.StatusCode.ShouldBe(HttpStatusCode.OK, await used.Content.ReadAsStringAsync(Cancelled));
        return browser;
    }

    private async Task<string> InviteAsync(SignedIn by) =>
        (await (await by.Http.PostAsync($"/api/accounts/{_user}/invitation", null, Cancelled)).JsonAsync())
            .GetProperty("url").GetString()!.Split('#')[1];

    private async Task<Guid> AddLessonAsync(string teacherId)
    {
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        var lesson = new Lesson
        {
            Id = Guid.NewGuid(),
            RoomId = "s01-101",
            SchoolId = "s01",
            From = DateTimeOffset.UnixEpoch,
            To = DateTimeOffset.UnixEpoch.AddMinutes(40),
            Ended = true,
            Enrolled = 40,
            Samples = [],
            TeacherId = teacherId,
        };
        records.Lessons.Add(lesson);
        await records.SaveChangesAsync(Cancelled);
        return lesson.Id;
    }
}

/// <summary>The same with the records in PostgreSQL.</summary>
[Collection(PostgreSqlWebCollection.Name)]
public sealed class PostgreSqlAccountsTests(PostgreSqlAppFixture fixture) : AccountsTests(fixture);
