using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Audit;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Streaming;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Sdp;
using Xunke.Tests.Streaming.Client;

namespace Xunke.Tests.Web.Visits;

/// <summary>Listening is a choice that the district allows or not, and the server holds viewers to it.</summary>
[Collection(WebCollection.Name)]
public sealed class ListeningPolicyTests(AppFixture fixture) : IAsyncLifetime
{
    private static readonly string[] Everything = ["both", "video", "audio"];

    private readonly RunningApp _app = fixture.App;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        (await ChangeAsync(administrator, Everything)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Everything_is_allowed_and_both_is_preferred_until_somebody_says_otherwise()
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");

        (await AllowedAsync(inspector)).ShouldBe(Everything);
        (await (await BeginAsync(inspector, "s04-201", null)).JsonAsync()).GetProperty("media").GetString().ShouldBe("both");
    }

    [Fact]
    public async Task The_choice_is_stored_with_the_visit_and_shown_in_the_log()
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");
        JsonElement visit = await (await BeginAsync(inspector, "s04-202", "audio")).JsonAsync();
        Guid id = visit.GetProperty("visitId").GetGuid();

        JsonElement log = await (await inspector.Http.GetAsync("/api/visits?roomId=s04-202&take=1")).JsonAsync();

        visit.GetProperty("media").GetString().ShouldBe("audio");
        log.EnumerateArray().ShouldHaveSingleItem().GetProperty("media").GetString().ShouldBe("audio");
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        (await records.Visits.AsNoTracking().SingleAsync(stored => stored.Id == id)).Media.ShouldBe(MediaKinds.Audio);
        (await records.Audit.AsNoTracking().AnyAsync(line => line.Action == "visit.opened" && line.Subject == $"{id} s04-202 audio"))
            .ShouldBeTrue();
    }

    [Fact]
    public async Task What_the_district_does_not_allow_is_refused_and_the_change_is_on_record()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        using SignedIn inspector = await _app.SignInAsync("inspector");

        (await ChangeAsync(administrator, "video")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await AllowedAsync(inspector)).ShouldBe(["video"]);
        using HttpResponseMessage refused = await BeginAsync(inspector, "s04-203", "both");
        JsonElement problem = await refused.ShouldBeProblem(HttpStatusCode.Forbidden, "media-not-allowed");
        problem.GetProperty("allowed").EnumerateArray().ShouldHaveSingleItem().GetString().ShouldBe("video");
        (await (await BeginAsync(inspector, "s04-203", null)).JsonAsync()).GetProperty("media").GetString().ShouldBe("video");
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        AuditEntry line = await scope.ServiceProvider.GetRequiredService<RecordsContext>().Audit.AsNoTracking()
            .Where(line => line.Action == "visit-policy.changed").OrderByDescending(line => line.Id).FirstAsync();
        line.UserName.ShouldBe("administrator");
        line.Subject.ShouldBe("video");
    }

    [Fact]
    public async Task A_visit_that_a_new_rule_forbids_ends_at_once_and_others_go_on()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        using SignedIn inspector = await _app.SignInAsync("inspector");
        Guid listening = (await (await BeginAsync(inspector, "s04-204", "audio")).JsonAsync()).GetProperty("visitId").GetGuid();
        Guid looking = (await (await BeginAsync(inspector, "s04-204", "video")).JsonAsync()).GetProperty("visitId").GetGuid();

        await ChangeAsync(administrator, "both", "video");

        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        (await records.Visits.AsNoTracking().SingleAsync(visit => visit.Id == listening)).To.ShouldNotBeNull();
        _app.Services.GetRequiredService<OpenVisits>().Find(looking, "inspector", "s04-204").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("""{"allowed":[]}""")]
    [InlineData("""{"allowed":null}""")]
    [InlineData("""{"allowed":[4]}""")]
    [InlineData("""{"allowed":[0,"video"]}""")]
    public async Task A_rule_that_allows_nothing_or_nonsense_is_refused(string body)
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));

        using HttpResponseMessage answer = await administrator.Http.PutAsync("/api/admin/visit-policy", content);

        await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "bad-policy");
        (await AllowedAsync(administrator)).ShouldBe(Everything);
    }

    [Theory]
    [InlineData("inspector")]
    [InlineData("principal")]
    public async Task Only_administrators_change_the_rule(string userName)
    {
        using SignedIn someone = await _app.SignInAsync(userName);

        using HttpResponseMessage answer = await ChangeAsync(someone, "video");

        await answer.ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Theory]
    [InlineData("video", 0, 1)]
    [InlineData("audio", 1, 0)]
    public async Task An_offer_cannot_ask_for_more_than_the_visit_is_for(string media, int taken, int rejected)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using var publisher = new TestPeer();
        SessionAnswer published = _app.Services.GetRequiredService<Xunke.Web.Hosting.MonitoringHost>().Running.Media.Publish(
            $"s04-30{taken + 1}", publisher.Offer("sendonly"));
        await publisher.ConnectAsync(published.Sdp, cancellation);
        using SignedIn inspector = await _app.SignInAsync("inspector");
        Guid visit = (await (await BeginAsync(inspector, $"s04-30{taken + 1}", media)).JsonAsync()).GetProperty("visitId").GetGuid();
        await using var viewer = new TestPeer();
        using var offer = new StringContent(viewer.Offer("sendrecv"), new MediaTypeHeaderValue("application/sdp"));

        using HttpResponseMessage created = await inspector.Http.PostAsync($"/whep/s04-30{taken + 1}?visitId={visit}", offer, cancellation);

        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        var answer = SessionDescription.Parse(await created.Content.ReadAsStringAsync(cancellation));
        answer.Media[taken].Direction.ShouldBe(MediaDirection.SendOnly);
        answer.Media[rejected].Port.ShouldBe(0);
    }

    [Fact]
    public async Task Who_wants_to_listen_where_there_is_no_sound_is_told_so()
    {
        await using var publisher = new TestPeer();
        _app.Services.GetRequiredService<Xunke.Web.Hosting.MonitoringHost>().Running.Media.Publish(
            "s04-303", publisher.Offer("sendonly", audio: false));
        using SignedIn inspector = await _app.SignInAsync("inspector");
        Guid visit = (await (await BeginAsync(inspector, "s04-303", "audio")).JsonAsync()).GetProperty("visitId").GetGuid();
        await using var viewer = new TestPeer();
        using var offer = new StringContent(viewer.Offer("recvonly"), new MediaTypeHeaderValue("application/sdp"));

        using HttpResponseMessage answer = await inspector.Http.PostAsync($"/whep/s04-303?visitId={visit}", offer);

        await answer.ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "no-sound");
    }

    private static Task<HttpResponseMessage> BeginAsync(SignedIn visitor, string roomId, string? media) =>
        visitor.Http.PostAsJsonAsync("/api/visits", new { roomId, purpose = "听课", media });

    private static Task<HttpResponseMessage> ChangeAsync(SignedIn administrator, params string[] allowed) =>
        administrator.Http.PutAsJsonAsync("/api/admin/visit-policy", new { allowed });

    private static async Task<string[]> AllowedAsync(SignedIn someone)
    {
        JsonElement policy = await (await someone.Http.GetAsync("/api/visits/policy")).JsonAsync();
        return [.. policy.GetProperty("allowed").EnumerateArray().Select(way => way.GetString()!)];
    }
}
