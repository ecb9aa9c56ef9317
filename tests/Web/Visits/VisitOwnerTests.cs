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
using Xunke.Web.Hosting;

namespace Xunke.Tests.Web.Visits;

/// <summary>The actors behind a visit fail: the room's, and the visit's own.</summary>
public sealed class VisitOwnerTests : IAsyncLifetime
{
    private const string Room = "s01-101";

    private readonly FailingRules _rules = new();
    private RunningApp _app = null!;

    private OpenVisits Open => _app.Services.GetRequiredService<OpenVisits>();

    private MediaServer Media => _app.Services.GetRequiredService<MonitoringHost>().Running.Media;

    public async ValueTask InitializeAsync() =>
        _app = await RunningApp.StartAsync(null, services => services.AddSingleton<IVisitRules>(_rules), "--Live:VisitGraceSeconds", "3600");

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
        Guid another = await BeginAsync(inspector);
        foreach (Guid left in new[] { visit, another })
        {
            (await inspector.Http.DeleteAsync($"/api/visits/{left}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }

        // The room's new actor knows of the old visit's end too.
        await Eventually.TrueAsync(() => _app.Services.GetRequiredService<MonitoringHost>().Running.Analysis.VisitedRooms == 0);
        Media.Statistics().SelectMany(room => room.Viewers).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_visit_whose_own_actor_fails_is_ended_and_shows_nothing_more()
    {
        await using var peer = new TestPeer();
        Media.Publish(Room, peer.Offer("sendonly"));
        using SignedIn inspector = await _app.SignInAsync("inspector");
        Guid visit = await BeginAsync(inspector);
        (await ShowAsync(inspector, visit, peer)).ShouldBe(HttpStatusCode.Created);

        _rules.Fails = true;
        Open.Find(visit).ShouldNotBeNull().Owner.Tell(new ShowRoom(peer.Offer("recvonly"), "any"));

        await Eventually.TrueAsync(async () => await EndOfAsync(visit) is not null, TimeSpan.FromSeconds(30));
        await Eventually.TrueAsync(() => !Open.AndBeginning.Any());
        Media.Statistics().SelectMany(room => room.Viewers).ShouldBeEmpty();
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
