using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Messaging;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Streaming;
using Xunke.Streaming.Edge;
using Xunke.Tests.Streaming.Client;
using Xunke.Tests.Support;
using Xunke.Tests.Web.Deeds;
using Xunke.Web.Hosting;

namespace Xunke.Tests.Web.Visits;

/// <summary>The actors behind a visit fail: the room's, and the visit's own.</summary>
public sealed class VisitOwnerTests : IAsyncLifetime
{
    private const string Room = "s01-101";

    private readonly FailingRules _rules = new();
    private readonly Saboteur _saboteur = new();
    private RunningApp _app = null!;

    private OpenVisits Open => _app.Services.GetRequiredService<OpenVisits>();

    private MediaServer Media => _app.Services.GetRequiredService<MonitoringHost>().Running.Media;

    public async ValueTask InitializeAsync() => _app = await RunningApp.StartAsync(
        null,
        services =>
        {
            services.AddSingleton<IVisitRules>(_rules);
            _saboteur.AddTo(services);
        },
        "--Live:VisitGraceSeconds", "3600");

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_visit_lives_through_the_failure_of_its_rooms_actor()
    {
        await using var peer = new TestPeer();
        Media.Publish(Room, peer.Offer("sendonly"));
        using SignedIn inspector = await _app.SignInAsync("inspector");
        Guid visit = await BeginAsync(inspector);
        (await ShowAsync(inspector, visit, peer)).ShouldBe(HttpStatusCode.Created);

        // No history is as long, and the actor's clock cannot go back so far.
        await Should.ThrowAsync<AskTimeoutException>(
            _app.Services.GetRequiredService<MonitoringHost>().Running.GetHistoryAsync(Room, TimeSpan.MaxValue));

        (await ShowAsync(inspector, visit, peer)).ShouldBe(HttpStatusCode.Created, "the visit goes on");
        string session = Open.Find(visit).ShouldNotBeNull().Sessions[^1];
        Guid another = await BeginAsync(inspector);
        foreach (Guid left in new[] { visit, another })
        {
            (await inspector.Http.DeleteAsync($"/api/visits/{left}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }

        Media.HasSession(session).ShouldBeFalse("the picture ends with the visit");
        await Eventually.TrueAsync(() => _app.Services.GetRequiredService<MonitoringHost>().Running.Analysis.VisitedRooms == 0);
    }

    [Fact]
    public async Task A_visit_whose_own_actor_fails_is_ended_and_shows_nothing_more()
    {
        await using var peer = new TestPeer();
        Media.Publish(Room, peer.Offer("sendonly"));
        using SignedIn inspector = await _app.SignInAsync("inspector");
        Guid visit = await BeginAsync(inspector);
        (await ShowAsync(inspector, visit, peer)).ShouldBe(HttpStatusCode.Created);

        string session = Open.Find(visit).ShouldNotBeNull().Sessions[^1];
        _rules.Fails = true;
        Open.Find(visit).ShouldNotBeNull().Owner.Tell(new ShowRoom(peer.Offer("recvonly"), "any"));

        await Eventually.TrueAsync(async () => await EndOfAsync(visit) is not null, TimeSpan.FromSeconds(30));
        await Eventually.TrueAsync(() => !Open.AndBeginning.Any());
        Media.HasSession(session).ShouldBeFalse();
    }

    [Fact]
    public async Task A_visit_that_a_new_rule_forbids_ends_on_record_though_the_database_fails_at_first()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        using SignedIn inspector = await _app.SignInAsync("inspector");
        int failed = 0;
        for (int step = 1; step == 1 || _saboteur.HasStruck; step++)
        {
            using HttpResponseMessage back = await ChangeAsync(administrator, sabotaged: false, "both", "video", "audio");
            Guid visit = await BeginAsync(inspector);
            _saboteur.Arm(Sabotage.Busy, step);
            using HttpResponseMessage answer = await ChangeAsync(administrator, sabotaged: true, "video");
            if (answer.StatusCode is HttpStatusCode.OK)
            {
                failed += await EndOfAsync(visit) is null ? 1 : 0;
                await Eventually.TrueAsync(async () => await EndOfAsync(visit) is not null, TimeSpan.FromSeconds(30));
            }
            else
            {
                (await inspector.Http.DeleteAsync($"/api/visits/{visit}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            }
        }

        failed.ShouldBeGreaterThan(0, "no step struck the visit's end");
    }

    private static async Task<Guid> BeginAsync(SignedIn inspector) =>
        (await (await inspector.Http.PostAsJsonAsync("/api/visits", new { roomId = Room, purpose = "听课" })).JsonAsync())
            .GetProperty("visitId").GetGuid();

    private static async Task<HttpStatusCode> ShowAsync(SignedIn inspector, Guid visit, TestPeer peer)
    {
        using var offer = new StringContent(peer.Offer("recvonly"), new MediaTypeHeaderValue("application/sdp"));
        using HttpResponseMessage answer = await inspector.Http.PostAsync($"/whep/{Room}?visitId={visit}", offer);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> ChangeAsync(SignedIn administrator, bool sabotaged, params string[] allowed)
    {
        using var change =
            new HttpRequestMessage(HttpMethod.Put, "/api/admin/visit-policy") { Content = JsonContent.Create(new { allowed }) };
        if (sabotaged)
        {
            change.Headers.Add(Saboteur.Header, "1");
        }

        return await administrator.Http.SendAsync(change);
    }

    private async Task<DateTimeOffset?> EndOfAsync(Guid visit)
    {
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<RecordsContext>().Visits.FindAsync(visit))!.To;
    }

    private sealed class FailingRules : IVisitRules
    {
        public bool Fails { get; set; }

        public bool Allows(MediaKinds media) => true;

        public bool IsSignedIn(string loginId) => Fails ? throw new InvalidOperationException("the rules are broken") : true;
    }
}
