using System.Net;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Audit;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Tests.Support;
using Xunke.Web.Audit;

namespace Xunke.Tests.Web.Audit;

/// <summary>Every look at a room is on record, once a look.</summary>
[Collection(WebCollection.Name)]
public sealed class LooksTests(AppFixture fixture)
{
    private readonly RunningApp _app = fixture.App;

    [Fact]
    public async Task Watching_a_room_a_wall_and_reading_its_minutes_is_one_line_a_look()
    {
        await _app.AddAccountAsync("looker", Role.Inspector);
        using SignedIn looker = await _app.SignInAsync("looker");
        await using (HubConnection hub = await looker.ConnectAsync())
        {
            await hub.InvokeAsync<object>("WatchRoom", "s07-101");
            await hub.InvokeAsync<object>("WatchRoom", "s07-101");
            await hub.InvokeAsync<object>("WatchSchool", "s07");
            await hub.InvokeAsync<object>("WatchDistrict");
            await hub.InvokeAsync("UnwatchRoom", "s07-101");
            await hub.InvokeAsync<object>("WatchRoom", "s07-101");
        }

        await using (HubConnection again = await looker.ConnectAsync())
        {
            await again.InvokeAsync<object>("WatchRoom", "s07-101");
        }

        (await looker.Http.GetAsync("/api/rooms/s07-101/history?minutes=1")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await looker.Http.GetAsync("/api/rooms/s07-102/speech")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await looker.Http.GetAsync("/api/visits")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await LooksOfAsync("looker")).ShouldBe(
        [
            ("look.room", "s07-101", "inspection"), ("look.school", "s07", "wall"), ("look.district", "district", "wall"),
            ("look.room", "s07-102", "inspection"), ("look.visits", "all", "inspection"),
        ]);
    }

    [Fact]
    public async Task How_long_somebody_watches_is_on_record_while_it_lasts_and_when_it_is_over()
    {
        await using RunningApp app = await RunningApp.StartAsync();
        using SignedIn inspector = await app.SignInAsync("inspector");
        LookKeeper keeper = app.Services.GetRequiredService<LookKeeper>();
        LookLength before, lasting, over;
        await using (HubConnection first = await inspector.ConnectAsync(), second = await inspector.ConnectAsync())
        {
            await first.InvokeAsync<object>("WatchSchool", "s01");
            await second.InvokeAsync<object>("WatchSchool", "s01");
            before = await LengthAsync();
            await first.InvokeAsync("UnwatchSchool", "s01");
            await Task.Delay(20);
            lasting = await LengthAsync();
        }

        await Eventually.TrueAsync(
            async () => (await LengthAsync()).To == (await LengthAsync()).To, TimeSpan.FromSeconds(30));
        over = await LengthAsync();

        (before.UserName, before.Action, before.Target, before.Purpose).ShouldBe(("inspector", "look.school", "s01", "wall"));
        (lasting.Id, over.Id).ShouldBe((before.Id, before.Id));
        lasting.To.ShouldBeGreaterThan(before.To, "the other page still shows it");
        over.To.ShouldBeGreaterThanOrEqualTo(lasting.To);

        async Task<LookLength> LengthAsync()
        {
            await keeper.SaveAsync(CancellationToken.None);
            await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<RecordsContext>().LookLengths.AsNoTracking().SingleAsync();
        }
    }

    [Fact]
    public async Task A_refused_look_is_no_look()
    {
        await _app.AddAccountAsync("stranger", Role.Principal, "s08");
        using SignedIn stranger = await _app.SignInAsync("stranger");
        await using HubConnection hub = await stranger.ConnectAsync();

        await Should.ThrowAsync<HubException>(() => hub.InvokeAsync<object>("WatchRoom", "s07-103"));
        (await stranger.Http.GetAsync("/api/rooms/s07-103/history")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        (await LooksOfAsync("stranger")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_look_that_cannot_be_put_on_record_is_not_given_and_the_districts_sums_are()
    {
        await using RunningApp app = await RunningApp.StartAsync();
        using SignedIn inspector = await app.SignInAsync("inspector");
        await using HubConnection hub = await inspector.ConnectAsync();
        await using (var holder = new SqliteConnection(SqliteDatabase.ConnectionString(Path.Combine(app.Data, "xunke.db"))))
        {
            await holder.OpenAsync();
            await using SqliteTransaction held = holder.BeginTransaction();

            HubException refused = await Should.ThrowAsync<HubException>(() => hub.InvokeAsync<object>("WatchRoom", "s01-101"));
            refused.Message.ShouldEndWith("not-recorded");
            await (await inspector.Http.GetAsync("/api/rooms/s01-101/history"))
                .ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "records-busy");
            (await hub.InvokeAsync<object>("WatchDistrict")).ShouldNotBeNull();
        }

        (await hub.InvokeAsync<object>("WatchRoom", "s01-101")).ShouldNotBeNull("it can be tried again");
        (await app.LinesAsync(LookKinds.Room, "s01-101")).ShouldHaveSingleItem();
    }

    private async Task<IEnumerable<(string, string, string?)>> LooksOfAsync(string userName)
    {
        List<AuditEntry> lines = [];
        foreach (string kind in new[] { LookKinds.Room, LookKinds.School, LookKinds.District, LookKinds.Visits })
        {
            lines.AddRange((await _app.LinesAsync(kind)).Where(line => line.UserName == userName));
        }

        return lines.OrderBy(line => line.Id).Select(line => (line.Action, line.Subject, line.Purpose));
    }
}
