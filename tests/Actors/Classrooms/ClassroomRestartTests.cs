using Xunke.Actors.Classrooms;
using Xunke.Actors.Live;
using Xunke.Actors.Records;
using Xunke.Analytics.Behaviours;
using Xunke.Streaming;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Classrooms;

public sealed class ClassroomRestartTests : ClassroomTestBase
{
    [Fact]
    public async Task A_crash_in_one_room_restarts_that_room_and_touches_no_other()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync("s01-101");
        await district.GoLiveAsync("s01-102");
        await district.WatchAsync(3, at => Samples.Of(at, 4, Behaviour.HeadUp), "s01-102");
        var before = (await district.HistoryAsync(TimeSpan.FromMinutes(10), "s01-102")).Points;

        await district.CrashAsync("s01-101");

        // The neighbour's window went on: figures over more than the one sample since.
        await district.WatchAsync(1, at => Samples.Of(at, 4, Behaviour.HeadUp), "s01-102");
        district.Views.Last("s01-102").HeadUpRate.Samples.ShouldBe(16);
        (await district.HistoryAsync(TimeSpan.FromMinutes(10), "s01-102")).Points.Take(before.Length).ShouldBe(before);
        district.Views.Of("s01-102").ShouldNotContain(view => view.Sequence > 0 && view.State == ClassroomState.Stalled);

        // The room itself works again.
        await district.WatchAsync(2, at => Samples.Of(at, 5, Behaviour.HeadUp), "s01-101");
        district.Views.Last("s01-101").People.ShouldBe(5);
        district.Views.Last("s01-101").State.ShouldBe(ClassroomState.Live);
    }

    [Fact]
    public async Task A_restarted_room_goes_on_with_its_chart_and_its_tile_does_not_flicker()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync();
        var liveSince = district.Views.Last().StateSince;
        await district.WatchAsync(90, at => Samples.Of(at, 4, Behaviour.HeadUp));
        var before = district.Views.Of(TestDistrict.Room).Length;

        await district.CrashAsync(TestDistrict.Room);
        await district.WatchAsync(2, at => Samples.Of(at, 4, Behaviour.HeadUp));

        district.Views.Of(TestDistrict.Room).Skip(before).ShouldAllBe(view => view.State == ClassroomState.Live && view.StateSince == liveSince);
        (await district.HistoryAsync(TimeSpan.FromMinutes(10))).Points.Length.ShouldBe(92);
    }

    [Fact]
    public async Task A_room_that_crashes_again_and_again_takes_nobody_with_it()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync("s01-101");
        await district.GoLiveAsync("s01-102");
        for (var crash = 0; crash < 8; crash++)
        {
            await district.CrashAsync("s01-101");
        }

        await district.TellAsync(PictureTaken.Instance, "s01-102");
        await district.WatchAsync(1, at => Samples.Of(at, 4, Behaviour.HeadUp), "s01-102");
        district.Views.Last("s01-102").People.ShouldBe(4);
        await district.GoLiveAsync("s01-101");
        district.Views.Last("s01-101").State.ShouldBe(ClassroomState.Live);
    }

    [Fact]
    public async Task A_school_that_crashes_gets_its_rooms_views_back()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync();
        await district.WatchAsync(2, at => Samples.Of(at, 4, Behaviour.HeadUp));
        await district.AdvanceAsync(1);
        var before = district.Views.Schools.Count;

        await district.FailAsync(() => district.TellSchool("s01", new GetRoom(null!)));
        await district.AdvanceUntilAsync(async () => (await district.RoomsAsync("s01"))[0].People == 4);
        await district.AdvanceAsync(1.1);

        var after = district.Views.Schools.Skip(before).Where(view => view.SchoolId == "s01").ToArray();
        after.ShouldNotBeEmpty();
        after.ShouldAllBe(view => view.People == 4 && view.Live == 1);
    }

    [Fact]
    public async Task The_chart_outlives_the_server()
    {
        var time = new ManualTime();
        await using (var district = await StartAsync(time))
        {
            await district.GoLiveAsync();
            await district.WatchAsync(30, at => Samples.Of(at, Behaviour.HeadUp, Behaviour.HandRaised, Behaviour.HeadOnDesk, Behaviour.Unknown));
        }

        time.Advance(TimeSpan.FromMinutes(2));
        await using var later = await StartAsync(time);
        var points = (await later.HistoryAsync(TimeSpan.FromMinutes(10))).Points;
        points.Length.ShouldBe(30);
        (points[^1].People, points[^1].HandsRaised, points[^1].HeadsOnDesk, points[^1].Unknown).ShouldBe((4, 1, 1, 1));
        later.Views.Last().State.ShouldBe(ClassroomState.Offline);

        await later.GoLiveAsync();
        later.Views.Last().StateSince.ShouldBe(time.GetUtcNow());
    }

    [Fact]
    public async Task A_live_room_saves_every_minute()
    {
        var time = new ManualTime();
        await using var district = await StartAsync(time);
        await district.GoLiveAsync();
        await district.WatchAsync(61, at => Samples.Of(at, 2, Behaviour.HeadUp));
        var store = await Database.OpenStateAsync();
        StoredState? stored = null;
        await Eventually.TrueAsync(() =>
            (stored = store.LoadAsync("classroom", TestDistrict.Room).Result) is not null);
        ClassroomMemory.FromJson(stored!.Payload).Points.Length.ShouldBeInRange(59, 61);
    }

    [Fact]
    public async Task A_database_that_may_not_be_written_costs_a_room_nothing_but_its_memory()
    {
        await (await StartAsync()).DisposeAsync();
        await Database.PrepareConnectionAsync("PRAGMA query_only = ON");
        await using var district = await StartAsync();
        await district.GoLiveAsync();
        await district.WatchAsync(130, at => Samples.Of(at, 4, Behaviour.HeadUp));
        district.Views.Last().People.ShouldBe(4);
        (await district.HistoryAsync(TimeSpan.FromMinutes(10))).Points.Length.ShouldBe(130);
        await district.TellAsync(new PublisherGone("camera", GoneReason.Closed));
        district.Views.Last().State.ShouldBe(ClassroomState.Offline);
    }

    [Fact]
    public async Task A_full_disk_costs_a_room_nothing_but_its_memory()
    {
        await (await StartAsync()).DisposeAsync();
        await Database.PrepareConnectionAsync("PRAGMA max_page_count = 1");
        await using var district = await StartAsync();
        await district.GoLiveAsync();
        await district.WatchAsync(65, at => Samples.Of(at, 4, Behaviour.HeadUp));
        district.Views.Last().People.ShouldBe(4);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"Points":[[1,2,3]]}""")]
    [InlineData("""{"Points":[[null,1,1,1,1,1,1,1,1]]}""")]
    public async Task A_memory_that_makes_no_sense_is_set_aside(string payload)
    {
        var time = new ManualTime();
        await (await StartAsync(time)).DisposeAsync();
        await using (var store = await Database.OpenStateAsync())
        {
            await store.SaveAsync("classroom", TestDistrict.Room, payload, 0);
        }

        await using var district = await StartAsync(time);
        await district.GoLiveAsync();
        await district.WatchAsync(1, at => Samples.Of(at, 4, Behaviour.HeadUp));
        district.Views.Last().People.ShouldBe(4);
    }
}
