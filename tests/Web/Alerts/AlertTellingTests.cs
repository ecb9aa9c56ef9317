using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunke.Actors.Alerts.Messages;
using Xunke.Tests.Support;
using Xunke.Tests.Web.Audit;
using Xunke.Tests.Web.Bookings;

namespace Xunke.Tests.Web.Alerts;

/// <summary>People choose how they are told, schools add robots, and both are told by a running server.</summary>
public sealed class AlertTellingTests
{
    [Fact]
    public async Task A_principal_and_a_group_are_told_at_the_next_bell_of_what_the_cameras_show()
    {
        await using var mail = new MailStandIn();
        using var robots = new RobotStandIn(TimeProvider.System);
        await using AlertSchool school = await AlertSchool.StartAsync(
            false, "--Mail:Host", "127.0.0.1", "--Mail:Port", $"{mail.Port}", "--Mail:Tls", "false", "--Mail:From", "xunke@example.cn",
            "--Alerts:WebhookHosts:0", robots.Origin, "--Alerts:EscalateToPrincipalMinutes", "0");
        using SignedIn head = await school.App.SignInAsync("head");
        await Refused(head, new { byMail = true, least = "info" }, "bad-mail-address");
        await Refused(head, new { byMail = true, address = "a b@example.cn", least = "info" }, "bad-mail-address");
        await Refused(head, new { byMail = false, least = "info", quietFrom = "22:00" }, "bad-quiet-hours");
        await (await head.Http.PostAsJsonAsync("/api/alerts/choice/test", new { }, Cancelled))
            .ShouldBeProblem(HttpStatusCode.Conflict, "no-mail");
        (await head.Http.PutAsJsonAsync(
            "/api/alerts/choice",
            new { byMail = true, address = "head@example.cn", least = "info", quietFrom = "22:00", quietTo = "06:30" },
            Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        JsonElement choice = await (await head.Http.GetAsync("/api/alerts/choice", Cancelled)).JsonAsync();
        (choice.GetProperty("address").GetString(), choice.GetProperty("quietTo").GetString(), choice.GetProperty("hasMail").GetBoolean())
            .ShouldBe(("head@example.cn", "06:30", true));
        JsonElement test = await (await head.Http.PostAsJsonAsync("/api/alerts/choice/test", new { }, Cancelled)).JsonAsync();
        test.GetProperty("isSent").GetBoolean().ShouldBeTrue();
        mail.Taken.ShouldHaveSingleItem().Subject.ShouldContain("测试");
        await (await head.Http.PostAsJsonAsync("/api/alerts/choice/test", new { }, Cancelled))
            .ShouldBeProblem(HttpStatusCode.TooManyRequests, "test-too-soon");
        await (await school.School.PostAsync("head", "/api/alerts/robots", new { })).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");

        object robot = Robot(robots.AddressOf(AlertChannel.WeCom));
        JsonElement made = await (await school.School.PostAsync("clerk", "/api/alerts/robots", robot)).JsonAsync();
        made.GetRawText().ShouldNotContain("k1", customMessage: "an address lets anybody write to the group");
        await (await school.School.PostAsync("clerk", "/api/alerts/robots", Robot("http://127.0.0.1:9/any")))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "bad-robot-address");
        object elsewhere = new { schoolId = "s01", channel = "weCom", name = "别校", least = "info" };
        await (await school.School.PostAsync("clerk", "/api/alerts/robots", elsewhere))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "bad-robot-school");

        school.Show(AlertSchool.Room, 1);
        Guid alertId = (await school.BecomesAsync("open", 1))[0].GetProperty("alertId").GetGuid();
        await Task.Delay(4000, Cancelled);
        robots.Taken.ShouldBeEmpty("what is not severe waits for the bell");
        school.School.GoTo(9, 1);
        await Eventually.TrueAsync(() => Task.FromResult(robots.Taken.Count == 1 && mail.Taken.Count == 2), TimeSpan.FromSeconds(20));
        robots.Taken.Single().Text.ShouldContain("预约小学 教室1 有课但教室没人");

        // The answer of a service is put on record a moment after it has come.
        await Eventually.TrueAsync(
            async () => (await ToldAsync(school, alertId)).All(one => one.State == "sent"), TimeSpan.FromSeconds(10));
        (await ToldAsync(school, alertId)).ShouldBe([("mail", "head", "sent"), ("weCom", "值班群", "sent")]);
        foreach ((string action, string by) in new[] { ("alert.choice-changed", "head"), ("alert.robot-added", "clerk") })
        {
            (await school.App.LinesAsync(action)).ShouldHaveSingleItem().UserName.ShouldBe(by);
        }

        Guid robotId = made.GetProperty("robotId").GetGuid();
        using SignedIn clerk = await school.App.SignInAsync("clerk");
        JsonElement renamed = await (await clerk.Http.PutAsJsonAsync(
            $"/api/alerts/robots/{robotId}", new { channel = "weCom", name = "安全群", least = "high", isOn = false }, Cancelled))
            .JsonAsync();
        (Text(renamed, "name"), renamed.GetProperty("isReadable").GetBoolean(), renamed.GetProperty("isOn").GetBoolean())
            .ShouldBe(("安全群", true, false));
        (await clerk.Http.DeleteAsync($"/api/alerts/robots/{robotId}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await clerk.Http.GetAsync("/api/alerts/robots", Cancelled)).JsonAsync()).GetArrayLength().ShouldBe(0);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Who was told of an alert, by what, and whether it has arrived.</summary>
    private static async Task<(string? Channel, string? Recipient, string? State)[]> ToldAsync(AlertSchool school, Guid alertId) =>
    [
        .. (await school.School.GetAsync("head", $"/api/alerts/{alertId}")).GetProperty("messages").EnumerateArray()
            .Select(one => (Text(one, "channel"), Text(one, "recipient"), Text(one, "state"))).Order(),
    ];

    private static object Robot(string address) =>
        new { schoolId = BookedSchool.Id, channel = "weCom", name = "值班群", address, least = "info", isOn = true };

    private static async Task Refused(SignedIn who, object body, string code) =>
        await (await who.Http.PutAsJsonAsync("/api/alerts/choice", body, Cancelled)).ShouldBeProblem(HttpStatusCode.BadRequest, code);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
