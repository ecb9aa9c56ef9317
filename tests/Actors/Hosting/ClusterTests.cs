using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Actors;
using Xunke.Actors.Classrooms;
using Xunke.Actors.Hosting;
using Xunke.Actors.Live;
using Xunke.Actors.Messaging;
using Xunke.Actors.Records;
using Xunke.Tests.Actors.Classrooms;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Hosting;

/// <summary>The same rooms, schools and district as entities of a cluster: two nodes on loopback with one database.</summary>
public sealed class ClusterTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private TestRecords _records = null!;

    public async ValueTask InitializeAsync() => _records = await TestRecords.SqliteAsync();

    public ValueTask DisposeAsync() => _records.DisposeAsync();

    [Fact]
    public async Task A_room_of_either_node_is_asked_and_answers_on_both_and_its_school_and_district_know_of_it()
    {
        var port = FreePort();
        await using var first = await Node.StartAsync(_records, new ClusterNode("127.0.0.1", port, [$"127.0.0.1:{port}"]));
        await using var second = await Node.StartAsync(_records, new ClusterNode("127.0.0.1", 0, [$"127.0.0.1:{port}"]));
        await Eventually.TrueAsync(
            async () => await first.RoomsKnownAsync() == Node.Rooms && await second.RoomsKnownAsync() == Node.Rooms, TimeSpan.FromSeconds(60));

        // The first rooms began while the first node was alone; those that come onto the books now go where fewer are.
        foreach (var node in new[] { first, second })
        {
            node.Tree.Register([Node.School(Node.MoreRooms)]);
        }

        // Which node a room lives on shows where its pictures are asked for.
        foreach (var room in Node.MoreRooms)
        {
            first.Tree.Rooms.Tell(room, new PublisherConnected("camera"));
        }

        await Eventually.TrueAsync(
            () => first.Feed.OpenRooms.Count + second.Feed.OpenRooms.Count == Node.MoreRooms.Count,
            () => $"{first.Feed.OpenRooms.Count} + {second.Feed.OpenRooms.Count}", TimeSpan.FromSeconds(30));
        first.Feed.OpenRooms.ShouldNotBeEmpty();
        second.Feed.OpenRooms.ShouldNotBeEmpty();
        first.Feed.OpenRooms.Keys.Intersect(second.Feed.OpenRooms.Keys).ShouldBeEmpty("a room lives once");

        foreach (var room in Node.MoreRooms)
        {
            second.Tree.Rooms.Tell(room, PictureTaken.Instance);
        }

        foreach (var node in new[] { first, second })
        {
            foreach (var room in Node.MoreRooms)
            {
                (await node.Tree.Rooms.AskAsync(room, new GetHistory(TimeSpan.FromMinutes(1)), Limit, TestContext.Current.CancellationToken))
                    .RoomId.ShouldBe(room);
            }

            await Eventually.TrueAsync(async () => (await node.DistrictAsync()).Schools.Sum(school => school.Live) == Node.MoreRooms.Count, TimeSpan.FromSeconds(30));
            var views = await node.Tree.Schools.AskAsync("s01", new GetRooms(), Limit, TestContext.Current.CancellationToken);
            views.Select(view => (view.RoomId, view.State))
                .ShouldBe(Node.MoreRooms.Select(room => (room, ClassroomState.Live)));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_room_that_fails_goes_on_and_so_do_the_others_in_a_cluster_or_not(bool isClustered)
    {
        var port = FreePort();
        await using var node = await Node.StartAsync(_records, isClustered ? new ClusterNode("127.0.0.1", port, [$"127.0.0.1:{port}"]) : null);
        await Eventually.TrueAsync(async () => await node.RoomsKnownAsync() == Node.Rooms, TimeSpan.FromSeconds(60));
        foreach (var room in Node.RoomIds)
        {
            node.Feed.Publishers[room] = "camera";
            node.Tree.Rooms.Tell(room, new PublisherConnected("camera"));
            node.Tree.Rooms.Tell(room, PictureTaken.Instance);
        }

        await Eventually.TrueAsync(async () => (await node.DistrictAsync()).Schools.Sum(school => school.Live) == Node.Rooms, TimeSpan.FromSeconds(30));
        node.Tree.Rooms.Tell(Node.RoomIds[0], new SampleTaken(Samples.Poison(TimeProvider.System.GetUtcNow())));

        await Eventually.TrueAsync(async () => await node.RoomsKnownAsync() == Node.Rooms, TimeSpan.FromSeconds(30));
        (await node.DistrictAsync()).Schools.Sum(school => school.Live).ShouldBe(Node.Rooms);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>One process's worth of actors.</summary>
    private sealed class Node : IAsyncDisposable
    {
        public const int Rooms = 12;

        private readonly IActorStateStore _store;
        private readonly ActorHost _host;
        private readonly RoomMemories _memories;

        private Node(IActorStateStore store, ActorHost host, RoomMemories memories, HandFeed feed, ActorTree tree) =>
            (_store, _host, _memories, Feed, Tree) = (store, host, memories, feed, tree);

        public static IReadOnlyList<string> RoomIds { get; } = [.. Enumerable.Range(101, Rooms).Select(number => $"s01-{number}")];

        public static IReadOnlyList<string> MoreRooms { get; } = [.. RoomIds, .. Enumerable.Range(201, Rooms).Select(number => $"s01-{number}")];

        public HandFeed Feed { get; }

        public ActorTree Tree { get; }

        public static SchoolRegistration School(IEnumerable<string> rooms) =>
            new("s01", [.. rooms.Select(room => new RoomRegistration(room, "s01", 40))]);

        /// <summary>Starts one; in a process of its own where there is no cluster.</summary>
        public static async Task<Node> StartAsync(TestRecords records, ClusterNode? node)
        {
            var store = await records.OpenStateAsync();
            var memories = new RoomMemories(store, NullLogger.Instance);
            var feed = new HandFeed();
            var host = new ActorHost(
                TimeProvider.System, NullLoggerFactory.Instance, ActorTree.Mailboxes,
                node is null ? null : (node, WireMessages.All));
            var tree = ActorTree.Grow(
                host,
                [School(RoomIds)],
                new ClassroomServices(feed, new Views(), memories, TimeProvider.System, new ClassroomSettings(), NullLogger.Instance));
            return new Node(store, host, memories, feed, tree);
        }

        public Task<DistrictView> DistrictAsync() => Tree.District.AskAsync(
            DistrictMessage.OnlyId, new GetDistrict(), Limit, TestContext.Current.CancellationToken);

        /// <summary>How many rooms answer this node; -1 while the cluster forms.</summary>
        public async Task<int> RoomsKnownAsync()
        {
            try
            {
                var answers = await Task.WhenAll(RoomIds.Select(room => Tree.Rooms.AskAsync(
                    room, new GetHistory(TimeSpan.Zero), TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken)));
                return answers.Length;
            }
            catch (AskTimeoutException)
            {
                return -1;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _host.DisposeAsync();
            await _memories.DisposeAsync();
            await _store.DisposeAsync();
        }
    }
}
