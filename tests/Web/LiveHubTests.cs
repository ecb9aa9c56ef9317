using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Live;
using Xunke.Tests.Support;
using Xunke.Web.Changes;
using Xunke.Web.Live;

namespace Xunke.Tests.Web;

[Collection(WebCollection.Name)]
public sealed class LiveHubTests(AppFixture fixture)
{
    // Above whatever the actors have numbered.
    private const long Later = 1L << 60;

    private readonly RunningApp _app = fixture.App;

    private LiveBoard Board => _app.Services.GetRequiredService<LiveBoard>();

    [Fact]
    public async Task A_school_is_a_snapshot_of_all_its_rooms_and_then_what_changes()
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");
        await using HubConnection hub = inspector.Build();
        var changed = new ConcurrentQueue<RoomView>();
        hub.On<string, RoomView[]>("Rooms", (_, rooms) => Array.ForEach(rooms, changed.Enqueue));
        await hub.StartAsync();

        RoomView[] snapshot = await hub.InvokeAsync<RoomView[]>("WatchSchool", "s06");
        RoomView offline = snapshot.First(room => room.RoomId == "s06-201");
        Board.Publish(Views.Room("s06-201", offline.Sequence + 1, people: 33));

        snapshot.Length.ShouldBe(24);
        offline.State.ShouldBe(ClassroomState.Offline);
        await Eventually.TrueAsync(() => changed.Any(room => room is { RoomId: "s06-201", People: 33 }));
        changed.ShouldAllBe(room => room.SchoolId == "s06");
    }

    [Fact]
    public async Task The_district_and_a_room_are_sent_whole_and_then_anew()
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");
        await using HubConnection hub = inspector.Build();
        var rooms = new ConcurrentQueue<RoomView>();
        var districts = new ConcurrentQueue<DistrictView>();
        hub.On<RoomView>("Room", rooms.Enqueue);
        hub.On<DistrictView>("District", districts.Enqueue);
        await hub.StartAsync();

        DistrictView district = await hub.InvokeAsync<DistrictView>("WatchDistrict");
        RoomView room = await hub.InvokeAsync<RoomView>("WatchRoom", "s06-202");
        Board.Publish(Views.Room("s06-202", room.Sequence + 1));
        Board.Publish(district with { Sequence = district.Sequence + 1000 });

        district.Schools.Length.ShouldBeGreaterThanOrEqualTo(31, "other tests add schools");
        await Eventually.TrueAsync(() => rooms.Any(view => view.Sequence == room.Sequence + 1));
        await Eventually.TrueAsync(() => districts.Any(view => view.Sequence >= district.Sequence + 1000));
    }

    [Fact]
    public async Task Whoever_follows_is_told_what_others_change()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        await using HubConnection hub = administrator.Build();
        var changed = new ConcurrentQueue<(Topic, string)>();
        hub.On<Topic, string>("Changed", (topic, scope) => changed.Enqueue((topic, scope)));
        await hub.StartAsync();
        foreach ((Topic topic, string scope) in ((Topic, string)[])[(Topic.Recording, "s06-204"),
            (Topic.Areas, "s06-204"), (Topic.Cameras, "s06")])
        {
            await hub.InvokeAsync("Follow", topic, scope);
        }

        (await administrator.Http.PostAsJsonAsync("/api/rooms/s06-204/recording", new { reason = "测试推送", minutes = 5 }))
            .EnsureSuccessStatusCode();
        await Eventually.TrueAsync(() => changed.Contains((Topic.Recording, "s06-204")));
        changed.Clear();
        (await administrator.Http.DeleteAsync("/api/rooms/s06-204/recording")).EnsureSuccessStatusCode();
        await Eventually.TrueAsync(() => changed.Contains((Topic.Recording, "s06-204")));

        changed.ShouldNotContain((Topic.Areas, "s06-204"));
        (await administrator.Http.PostAsync("/api/admin/rooms/s06-204/areas/relearn", null)).EnsureSuccessStatusCode();
        await Eventually.TrueAsync(() => changed.Contains((Topic.Areas, "s06-204")));

        (await administrator.Http.PutAsJsonAsync(
            "/api/admin/rooms/s06-204/camera", new { address = "rtsp://127.0.0.1:9/", userName = "", password = "", keepLogin = false }))
                .EnsureSuccessStatusCode();
        await Eventually.TrueAsync(() => changed.Contains((Topic.Cameras, "s06")));
        (await administrator.Http.DeleteAsync("/api/admin/rooms/s06-204/camera")).EnsureSuccessStatusCode();
    }

    [Theory]
    [InlineData("WatchSchool", "s02", "forbidden")]
    [InlineData("WatchRoom", "s02-101", "forbidden")]
    [InlineData("WatchDistrict", null, "forbidden")]
    [InlineData("WatchRoom", "nowhere", "forbidden")]
    [InlineData("WatchSchool", "nowhere", "forbidden")]
    [InlineData("BindVisit", "00000000-0000-0000-0000-000000000000", "unknown-visit")]
    public async Task A_principal_watches_the_own_school_only(string method, string? argument, string code)
    {
        using SignedIn principal = await _app.SignInAsync("principal");
        await using HubConnection hub = await principal.ConnectAsync();

        HubException refused = await Should.ThrowAsync<HubException>(
            () => hub.InvokeCoreAsync(method, argument is null ? [] : [argument]));

        refused.Message.ShouldEndWith(code);
        (await hub.InvokeAsync<RoomView[]>("WatchSchool", "s01")).Length.ShouldBe(37);
    }

    [Theory]
    [InlineData("WatchRoom", "unknown-room")]
    [InlineData("WatchSchool", "unknown-school")]
    [InlineData("UnwatchRoom", null)]
    [InlineData("UnwatchSchool", null)]
    public async Task Naming_nothing_is_an_unknown_name_and_no_fault(string method, string? code)
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");
        await using HubConnection hub = await inspector.ConnectAsync();

        Task asked = hub.InvokeCoreAsync(method, [null]);

        if (code is null)
        {
            await asked;
        }
        else
        {
            (await Should.ThrowAsync<HubException>(() => asked)).Message.ShouldEndWith(code);
        }
    }

    [Fact]
    public async Task Anothers_visit_cannot_be_bound()
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");
        using SignedIn other = await _app.SignInAsync("inspector2");
        using HttpResponseMessage begun = await inspector.Http.PostAsync(
            "/api/visits", new StringContent("{\"roomId\":\"s06-203\",\"purpose\":\"测试\"}", Encoding.UTF8, "application/json"));
        Guid visit = (await begun.JsonAsync()).GetProperty("visitId").GetGuid();
        await using HubConnection hub = await other.ConnectAsync();

        HubException refused = await Should.ThrowAsync<HubException>(() => hub.InvokeAsync("BindVisit", visit));

        refused.Message.ShouldEndWith("unknown-visit");
    }

    [Fact]
    public async Task Without_a_session_there_is_no_hub()
    {
        using var socket = new ClientWebSocket();

        WebSocketException refused = await Should.ThrowAsync<WebSocketException>(
            () => socket.ConnectAsync(new Uri(_app.Address, "/hubs/live").ToWebSocket(), CancellationToken.None));

        refused.Message.ShouldContain("401");
    }

    [Fact]
    public async Task A_browser_that_stops_reading_costs_no_more_than_its_buffers()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        CancellationToken cancellation = limit.Token;
        using SignedIn inspector = await _app.SignInAsync("inspector");
        using ClientWebSocket browser = await OpenStuckAsync(inspector, cancellation);
        await SendAsync(browser, "{\"protocol\":\"json\",\"version\":1}", cancellation);
        await SendAsync(browser, "{\"type\":1,\"invocationId\":\"1\",\"target\":\"WatchSchool\",\"arguments\":[\"s13\"]}", cancellation);
        await ReadUntilAsync(browser, "\"invocationId\":\"1\"", cancellation);

        // Some 60 MB of views, while nobody reads.
        const int Rounds = 150;
        long published = 0;
        for (int round = 1; round <= Rounds; round++)
        {
            for (int room = 101; room <= 106; room++)
            {
                RoomView view = Views.Room($"s13-{room}", Later + round, people: 400);
                published += round == 1
                    ? JsonSerializer.SerializeToUtf8Bytes(view, Xunke.Web.Hosting.Json.Options).Length * (long)Rounds
                    : 0;
                Board.Publish(view);
            }

            await Task.Delay(20, cancellation);
        }

        long received = await ReadUntilAsync(browser, $"\"sequence\":{Later + Rounds}", cancellation);
        published.ShouldBeGreaterThan(40_000_000);
        received.ShouldBeLessThan(published / 4);
    }

    private async Task<ClientWebSocket> OpenStuckAsync(SignedIn visitor, CancellationToken cancellation)
    {
        var browser = new ClientWebSocket();
        using var handler = new SocketsHttpHandler
        {
            CookieContainer = visitor.Cookies,
            ConnectCallback = async (context, token) =>
            {
                // Less than loopback's segments of 64 KiB would make reading crawl afterwards.
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 256 * 1024 };
                await socket.ConnectAsync(context.DnsEndPoint, token);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        await browser.ConnectAsync(new Uri(_app.Address, "/hubs/live").ToWebSocket(), invoker, cancellation);
        return browser;
    }

    private static Task SendAsync(ClientWebSocket browser, string message, CancellationToken cancellation) =>
        browser.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, endOfMessage: true, cancellation);

    private static async Task<long> ReadUntilAsync(ClientWebSocket browser, string text, CancellationToken cancellation)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(text);
        var window = new byte[1024 * 1024];
        int kept = 0;
        long total = 0;
        while (true)
        {
            ValueWebSocketReceiveResult received = await browser.ReceiveAsync(window.AsMemory(kept), cancellation);
            received.MessageType.ShouldBe(WebSocketMessageType.Text);
            total += received.Count;
            int end = kept + received.Count;
            if (window.AsSpan(0, end).IndexOf(wanted) >= 0)
            {
                return total;
            }

            kept = Math.Min(wanted.Length, end);
            window.AsSpan(end - kept, kept).CopyTo(window);
        }
    }
}
