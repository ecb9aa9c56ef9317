using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Xunke.Tests.Support;
using Xunke.Tests.Web.Audit;
using Xunke.Tests.Web.Bookings;

namespace Xunke.Tests.Web.Alerts;

/// <summary>What somebody should look at: raised by what cameras show, tended by people, ended by itself.</summary>
public sealed class AlertsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_empty_room_is_told_of_acknowledged_ends_by_itself_and_is_judged(bool postgreSql)
    {
        await using AlertSchool school = await AlertSchool.StartAsync(postgreSql);
        using SignedIn head = await school.App.SignInAsync("head");
        await using HubConnection hub = head.Build();
        var told = new System.Collections.Concurrent.ConcurrentQueue<string>();
        hub.On<string, string>("Changed", (topic, _) => told.Enqueue(topic));
        await hub.StartAsync(TestContext.Current.CancellationToken);
        await hub.InvokeAsync("Follow", "alerts", "", TestContext.Current.CancellationToken);

        school.Show(AlertSchool.Room, 1);
        JsonElement alert = (await school.BecomesAsync("open", 1))[0];
        (Text(alert, "kind"), Text(alert, "roomName"), Text(alert, "className"), Text(alert, "state"), Text(alert, "severity"))
            .ShouldBe(("roomEmpty", "教室1", "一年级1班", "firing", "medium"));
        (alert.GetProperty("people").GetInt32(), alert.GetProperty("enrolled").GetInt32()).ShouldBe((1, 40));
        Guid id = alert.GetProperty("alertId").GetGuid();
        await Eventually.TrueAsync(() => told.Contains("alerts"));

        JsonElement detail = await school.School.GetAsync("head", $"/api/alerts/{id}");
        JsonElement evidence = detail.GetProperty("evidence");
        evidence.GetProperty("rule").GetProperty("version").GetInt32().ShouldBe(1);
        evidence.GetProperty("before").GetArrayLength().ShouldBeGreaterThan(0);
        (await school.App.LinesAsync("look.room")).ShouldContain(line => line.UserName == "head" && line.Subject == AlertSchool.Room);

        JsonElement acts = await (await school.School.PostAsync(
            "head", "/api/alerts/acknowledgement", new { alertIds = new[] { id }, reason = "去看看" })).JsonAsync();
        acts.GetProperty("done").GetInt32().ShouldBe(1);
        await (await school.School.PostAsync("head", "/api/alerts/assignment", new { alertIds = new[] { id }, userName = "clerk" }))
            .JsonAsync();
        alert = (await school.ListAsync("head"))[0];
        (Text(alert, "state"), Text(alert, "assignedToName")).ShouldBe(("acknowledged", "clerk"));

        school.Show(AlertSchool.Room, 35);
        Text((await school.BecomesAsync("resolved", 1))[0], "end").ShouldBe("cleared");
        await (await school.School.PostAsync(
            "clerk", "/api/alerts/closing", new { alertIds = new[] { id }, verdict = "true", note = "老师迟到" })).JsonAsync();
        (await school.ListAsync("head", "closed")).Length.ShouldBe(1);
        (await school.School.GetAsync("head", $"/api/alerts/{id}")).GetProperty("events").EnumerateArray()
            .Select(one => Text(one, "step")).ShouldBe(["raised", "acknowledged", "assigned", "cleared", "closed"]);
        foreach ((string action, string by) in new[]
        {
            ("alert.acknowledged", "head"), ("alert.assigned", "head"), ("alert.closed", "clerk"),
        })
        {
            (await school.App.LinesAsync(action)).ShouldHaveSingleItem().UserName.ShouldBe(by);
        }

        JsonElement rule = (await school.School.GetAsync("administrator", "/api/alerts/rules")).EnumerateArray()
            .Single(one => Text(one.GetProperty("rule"), "kind") == "roomEmpty");
        rule.GetProperty("ofVersion").GetProperty("true").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_is_started_again_goes_on_with_what_is_raised()
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("xunke-alerts-");
        try
        {
            var time = new Hosting.JumpingTime();
            string[] noGrace = ["--Alerts:RestartGraceSeconds", "0"];
            await using (var first = new AlertSchool(await BookedSchool.StartAsync(data.FullName, time, noGrace)))
            {
                await first.School.LayOutAsync();
                first.School.GoTo(8, 1);
                await first.RuleAsync("cameraLost", 5);
                first.Show(AlertSchool.Room, 30);
                await Task.Delay(3000, TestContext.Current.CancellationToken);
                first.Lose(AlertSchool.Room);
                Text((await first.BecomesAsync("open", 1))[0], "kind").ShouldBe("cameraLost");
            }

            await using var second = new AlertSchool(await BookedSchool.StartAsync(data.FullName, time, []));
            await Task.Delay(8000, TestContext.Current.CancellationToken);
            (await second.ListAsync("head", "all")).Length.ShouldBe(1, "neither lost nor doubled");
            second.Show(AlertSchool.Room, 30);
            (await second.BecomesAsync("resolved", 1)).Length.ShouldBe(1);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Silence_and_bad_wishes_are_answered_plainly()
    {
        await using AlertSchool school = await AlertSchool.StartAsync();
        JsonElement silence = await (await school.School.PostAsync(
            "head", "/api/alerts/silences", new { schoolId = BookedSchool.Id, minutes = 60, reason = "运动会" })).JsonAsync();
        school.Show(AlertSchool.Room, 0);
        await Task.Delay(9000, TestContext.Current.CancellationToken);
        (await school.ListAsync("head")).ShouldBeEmpty();
        using (SignedIn head = await school.App.SignInAsync("head"))
        {
            (await head.Http.DeleteAsync($"/api/alerts/silences/{silence.GetProperty("silenceId").GetGuid()}")).StatusCode
                .ShouldBe(HttpStatusCode.NoContent);
        }

        JsonElement alert = (await school.BecomesAsync("open", 1))[0];
        Guid[] alertIds = [alert.GetProperty("alertId").GetGuid()];
        await Refused("/api/alerts/closing", new { alertIds }, HttpStatusCode.BadRequest, "bad-verdict");
        await Refused("/api/alerts/acknowledgement", new { alertIds, minutes = 4 }, HttpStatusCode.BadRequest, "bad-alert-minutes");
        string reason = new('长', 201);
        await Refused("/api/alerts/acknowledgement", new { alertIds, reason }, HttpStatusCode.BadRequest, "bad-alert-text");
        await Refused("/api/alerts/assignment", new { alertIds, userName = "zhao" }, HttpStatusCode.BadRequest, "bad-assignee");
        await Refused("/api/alerts/resolution", new { alertIds = new[] { Guid.NewGuid() } }, HttpStatusCode.NotFound, "unknown-alert");
        object[] tooFar = [new { schoolId = "s01", minutes = 60, reason = "别校" }, new { minutes = 60, reason = "全区" }];
        foreach (object body in tooFar)
        {
            await Refused("/api/alerts/silences", body, HttpStatusCode.Forbidden, "forbidden");
        }

        using (SignedIn head = await school.App.SignInAsync("head"))
        {
            foreach (string filter in new[] { "state=lost", "kind=3", "kind=fire" })
            {
                await (await head.Http.GetAsync($"/api/alerts?{filter}")).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-alert-filter");
            }

            await (await head.Http.GetAsync("/api/alerts?page=0")).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-page");
        }

        (await school.ListAsync("principal")).ShouldBeEmpty("another school's principal sees nothing of it");
        (await (await school.School.PostAsync("principal", "/api/alerts/resolution", new { alertIds }))
            .ShouldBeProblem(HttpStatusCode.NotFound, "unknown-alert")).ShouldNotBe(default);

        async Task Refused(string address, object body, HttpStatusCode status, string code) =>
            await (await school.School.PostAsync("head", address, body)).ShouldBeProblem(status, code);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
