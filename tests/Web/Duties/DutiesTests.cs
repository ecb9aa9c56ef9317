using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Alerts;
using Xunke.Actors.Records;
using Xunke.Tests.Web.Observations;
using Xunke.Tests.Web.Rectifications;
using static Xunke.Tests.Web.Observations.ObservedLesson;

namespace Xunke.Tests.Web.Duties;

/// <summary>What waits for somebody is with that person, and goes with the act that it asks for.</summary>
public abstract class DutiesTests(AppFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_observation_goes_from_the_observer_to_the_teacher_to_whoever_decides()
    {
        ObservedLesson lesson = await AddAsync(fixture.App);
        using SignedIn inspector = await fixture.App.SignInAsync("inspector"), principal = await fixture.App.SignInAsync("principal"),
            teacher = await fixture.App.SignInAsync(lesson.Taught.UserName);
        string address = AddressOf(await lesson.BeginAsync(inspector));
        JsonElement draft = (await OfAsync(inspector, address))!.Value;
        draft.GetProperty("kind").GetString().ShouldBe("sendObservation");
        draft.GetProperty("isOverdue").GetBoolean().ShouldBeTrue("the lesson was yesterday, and its teacher was to have it that day");
        (await OfAsync(teacher, address)).ShouldBeNull("a draft is nobody's but the observer's");

        await lesson.SendAsync(inspector);
        (await OfAsync(inspector, address)).ShouldBeNull("it is sent");
        (await OfAsync(principal, address)).ShouldBeNull("there is nothing to decide");
        (await KindAsync(teacher, address)).ShouldBe("answerObservation");

        await (await AppealAsync(teacher, address, "explain")).JsonAsync();
        (await OfAsync(teacher, address)).ShouldBeNull("it is answered");
        (await OfAsync(inspector, address)).ShouldBeNull("nobody decides about the own answer");
        (await KindAsync(principal, address)).ShouldBe("decideAppeal");

        await (await DecideAsync(principal, address, "explain", "upheld")).JsonAsync();
        (await OfAsync(principal, address)).ShouldBeNull("it is decided");
    }

    [Fact]
    public async Task An_alert_waits_for_whom_it_was_given_to_until_it_is_over()
    {
        Guid mine = await AlertAsync("principal", AlertState.Acknowledged), others = await AlertAsync("clerk", AlertState.Firing),
            over = await AlertAsync("principal", AlertState.Resolved);
        using SignedIn principal = await fixture.App.SignInAsync("principal");
        Dictionary<Guid, JsonElement> waiting = (await ListAsync(principal)).ToDictionary(one => one.GetProperty("id").GetGuid());
        waiting[mine].GetProperty("alert").GetString().ShouldBe("roomEmpty");
        waiting.ShouldNotContainKey(others);
        waiting.ShouldNotContainKey(over);
        using SignedIn otherSchool = await fixture.App.SignInAsync("principal2");
        (await ListAsync(otherSchool)).ShouldNotContain(one => one.GetProperty("id").GetGuid() == mine);
    }

    [Fact]
    public async Task A_notice_goes_from_the_school_to_the_issuer_who_judges_looks_again_and_reports()
    {
        using SignedIn inspector = await fixture.App.SignInAsync("inspector"), principal = await fixture.App.SignInAsync("principal"),
            otherSchool = await fixture.App.SignInAsync("principal2");
        Guid id = await Notices.IssueAsync(inspector);
        (await KindsAsync(principal, id)).ShouldBe(["answerRectification"]);
        (await KindsAsync(inspector, id)).ShouldBeEmpty("it is the school's turn");
        (await KindsAsync(otherSchool, id)).ShouldBeEmpty();

        await (await Notices.ActAsync(principal, id, "answer")).JsonAsync();
        (await KindsAsync(principal, id)).ShouldBeEmpty();
        (await KindsAsync(inspector, id)).ShouldBe(["judgeRectification", "reportRectification"], ignoreOrder: true);

        await (await Notices.JudgeAsync(inspector, id, isRight: true, recheckOn: Notices.Today.AddDays(5))).JsonAsync();
        (await KindsAsync(inspector, id)).ShouldBe(["recheckRectification", "reportRectification"], ignoreOrder: true);
        await (await Notices.ActAsync(inspector, id, "report")).JsonAsync();
        (await KindsAsync(inspector, id)).ShouldBe(["recheckRectification"]);
    }

    private static async Task<string?[]> KindsAsync(SignedIn who, Guid id) =>
    [
        .. (await ListAsync(who)).Where(one => one.GetProperty("id").GetGuid() == id).Select(one => one.GetProperty("kind").GetString()),
    ];

    private static async Task<JsonElement[]> ListAsync(SignedIn who) =>
        [.. (await (await who.Http.GetAsync("/api/duties", Cancelled)).JsonAsync()).GetProperty("duties").EnumerateArray()];

    private static async Task<JsonElement?> OfAsync(SignedIn who, string address)
    {
        foreach (JsonElement duty in await ListAsync(who))
        {
            if (address.EndsWith(duty.GetProperty("id").GetString()!, StringComparison.Ordinal))
            {
                return duty;
            }
        }

        return null;
    }

    private static async Task<string?> KindAsync(SignedIn who, string address) =>
        (await OfAsync(who, address))?.GetProperty("kind").GetString();

    private async Task<Guid> AlertAsync(string assignedTo, AlertState state)
    {
        var alert = new Alert
        {
            Id = Guid.NewGuid(),
            SchoolId = "s01",
            RoomId = "s01-101",
            Kind = AlertKind.RoomEmpty,
            Severity = AlertSeverity.Medium,
            RuleVersion = 1,
            RaisedAt = DateTimeOffset.UtcNow,
            State = state,
            AssignedTo = assignedTo,
            AssignedToName = assignedTo,
            Evidence = "{}",
        };
        await using AsyncServiceScope scope = fixture.App.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        records.Alerts.Add(alert);
        await records.SaveChangesAsync(Cancelled);
        return alert.Id;
    }
}

[Collection(WebCollection.Name)]
public sealed class DutiesOnSqliteTests(AppFixture fixture) : DutiesTests(fixture);

[Collection(PostgreSqlWebCollection.Name)]
public sealed class DutiesOnPostgreSqlTests(PostgreSqlAppFixture fixture) : DutiesTests(fixture);
