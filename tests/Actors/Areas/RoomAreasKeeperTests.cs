using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Actors.Areas;
using Xunke.Actors.Records;
using Xunke.Analytics.Scheduling;
using Xunke.Analytics.Seats;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Areas;

/// <summary>What is kept of rooms' areas, in each of the databases that a district may have.</summary>
public abstract class RoomAreasKeeperTests : IAsyncLifetime
{
    private static readonly RoomAreas Left = Square(0.1), Right = Square(0.6);

    private readonly ManualTime _time = new();

    private readonly string _room = "s01-101";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private TestRecords _records = null!;

    public async ValueTask InitializeAsync() => _records = await MakeAsync();

    public async ValueTask DisposeAsync()
    {
        await _records.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<TestRecords> MakeAsync();

    [Fact]
    public async Task What_is_drawn_outlives_a_restart_and_is_in_force_again()
    {
        await using (Node node = await StartAsync())
        {
            RoomAreasState drawn = await node.Keeper.DrawAsync(_room, Left, 0, "amy", Cancelled);
            drawn.Version.ShouldBe(1);
            drawn.Drawn!.By.ShouldBe("amy");
        }

        await using Node later = await StartAsync();
        RoomAreasState state = later.Keeper.Find(_room);
        state.Version.ShouldBe(1);
        state.Drawn!.At.ShouldBe(_time.GetUtcNow());
        state.Drawn.Areas.Pupils.Points.ShouldBe(Left.Pupils.Points);
        InForce(later)!.Pupils.Points.ShouldBe(Left.Pupils.Points);

        await later.Keeper.DrawAsync(_room, null, 1, "amy", Cancelled);
        later.Keeper.Find(_room).Drawn.ShouldBeNull();
        InForce(later).ShouldBeNull();
    }

    [Fact]
    public async Task The_later_of_two_who_draw_at_once_is_refused_on_one_node_and_on_two()
    {
        await using Node one = await StartAsync();
        await using Node two = await StartAsync();
        await one.Keeper.DrawAsync(_room, Left, 0, "amy", Cancelled);

        await Should.ThrowAsync<StaleStateException>(one.Keeper.DrawAsync(_room, Right, 0, "bob", Cancelled));
        await Should.ThrowAsync<StaleStateException>(two.Keeper.DrawAsync(_room, Right, 0, "bob", Cancelled));

        one.Keeper.Find(_room).Drawn!.Areas.ShouldBe(Left);
        InForce(one).ShouldBe(Left);
        (await one.Keeper.DrawAsync(_room, Right, 1, "bob", Cancelled)).Version.ShouldBe(2);
        InForce(one).ShouldBe(Right);
    }

    [Fact]
    public async Task What_was_learnt_is_kept_and_a_later_lesson_does_not_change_it()
    {
        await using (Node node = await StartAsync())
        {
            node.Keeper.Learnt(_room, Map(Left, seats: 4, settled: false));
            await LearntAsync(node, learnt => learnt is { Settled: false });
            node.Keeper.Learnt(_room, Map(Left, seats: 4));
            await LearntAsync(node, learnt => learnt is { Settled: true });
            InForce(node).ShouldBeNull("only what is drawn has effect");
        }

        await using Node later = await StartAsync();
        later.Keeper.Find(_room).Learnt!.Seats.Length.ShouldBe(4);
        later.Keeper.Learnt(_room, Map(Left, seats: 3));
        later.Keeper.Learnt($"{_room}-next", Map(Left, seats: 3));
        await Eventually.TrueAsync(() => later.Keeper.Find($"{_room}-next").Learnt is not null);
        later.Keeper.Find(_room).Learnt!.Seats.Length.ShouldBe(4);

        later.Keeper.Learnt(_room, Map(Left, seats: 5));
        await LearntAsync(later, learnt => learnt?.Seats.Length == 5);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_camera_that_was_moved_during_a_lesson_or_overnight_is_learnt_anew_and_said_of_what_was_drawn(bool duringLesson)
    {
        await using Node node = await StartAsync();
        node.Keeper.Learnt(_room, Map(Left, seats: 4));
        await LearntAsync(node, learnt => learnt is not null);
        await node.Keeper.DrawAsync(_room, Left, 0, "amy", Cancelled);
        _time.Advance(TimeSpan.FromMinutes(1));
        node.Keeper.Find(_room).CameraMoved.ShouldBeFalse();

        node.Keeper.Learnt(_room, Map(duringLesson ? Left : Right, seats: 3) with { CameraMoved = duringLesson });
        await LearntAsync(node, learnt => learnt?.Seats.Length == 3);

        node.Keeper.Find(_room).CameraMoved.ShouldBeTrue();
        _time.Advance(TimeSpan.FromMinutes(1));
        (await node.Keeper.DrawAsync(_room, Right, 1, "amy", Cancelled)).CameraMoved.ShouldBeFalse("somebody has looked at them");
    }

    [Fact]
    public async Task A_room_that_is_to_be_learnt_anew_forgets_what_it_knew()
    {
        await using (Node node = await StartAsync())
        {
            node.Keeper.Learnt(_room, Map(Left, seats: 4));
            await LearntAsync(node, learnt => learnt is not null);
            await node.Keeper.DrawAsync(_room, Left, 0, "amy", Cancelled);

            RoomAreasState state = await node.Keeper.RelearnAsync(_room, Cancelled);

            state.Learnt.ShouldBeNull();
            state.Drawn.ShouldNotBeNull("what was drawn stays in force");
        }

        await using Node later = await StartAsync();
        later.Keeper.Find(_room).Learnt.ShouldBeNull();
        later.Keeper.Learnt(_room, Map(Right, seats: 3));
        await LearntAsync(later, learnt => learnt?.Seats.Length == 3);
    }

    private static RoomAreas Square(double left) =>
        new(Area.From([new(left, 0.1), new(left + 0.3, 0.1), new(left + 0.3, 0.9), new(left, 0.9)]).Area!, null);

    private static SeatMap Map(RoomAreas areas, int seats, bool settled = true) => new(
        [.. Enumerable.Range(0, seats).Select(i => new SeatPlace(areas.Pupils.Bounds.UpperLeft.X + 0.05, 0.2 + 0.1 * i, 0.02))], areas,
        settled, false);

    private async Task<Node> StartAsync()
    {
        var orders = new RoomOrders();
        var keeper = new RoomAreasKeeper(_records, orders, _time, NullLogger<RoomAreasKeeper>.Instance);
        await keeper.LoadAsync(Cancelled);
        return new Node(orders, keeper);
    }

    private Task LearntAsync(Node node, Func<LearntAreas?, bool> condition) =>
        Eventually.TrueAsync(() => condition(node.Keeper.Find(_room).Learnt));

    /// <summary>The areas that a room's next look goes by.</summary>
    private RoomAreas? InForce(Node node)
    {
        var observer = new Xunke.Analytics.Behaviours.RoomObserver();
        node.Orders.Prepare(_room, observer);
        return observer.Areas;
    }

    private sealed record Node(RoomOrders Orders, RoomAreasKeeper Keeper) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Keeper.DisposeAsync();
    }
}

public sealed class SqliteRoomAreasKeeperTests : RoomAreasKeeperTests
{
    protected override Task<TestRecords> MakeAsync() => TestRecords.SqliteAsync();
}

public sealed class PostgreSqlRoomAreasKeeperTests : RoomAreasKeeperTests
{
    protected override Task<TestRecords> MakeAsync() => TestRecords.PostgreSqlAsync();
}
