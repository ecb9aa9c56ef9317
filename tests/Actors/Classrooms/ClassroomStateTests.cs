using Xunke.Actors.Classrooms;
using Xunke.Actors.Live;
using Xunke.Streaming;
using Xunke.Streaming.Rtsp;

namespace Xunke.Tests.Actors.Classrooms;

public sealed class ClassroomStateTests : ClassroomTestBase
{
    [Fact]
    public async Task A_room_without_a_publisher_is_offline_and_its_pictures_are_off()
    {
        await using var district = await StartAsync();
        await district.TellAsync(PictureTaken.Instance);
        district.Views.Of(TestDistrict.Room).Select(view => view.State).ShouldBe([ClassroomState.Offline]);
        district.Feed.OpenRooms.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_publisher_opens_the_feed_and_its_first_picture_makes_the_room_live()
    {
        await using var district = await StartAsync();
        await district.TellAsync(new PublisherConnected("camera"));
        district.Feed.OpenRooms.Keys.ShouldBe([TestDistrict.Room]);
        district.Views.Last().State.ShouldBe(ClassroomState.Offline);

        await district.AdvanceAsync(1.5);
        await district.TellAsync(PictureTaken.Instance);
        var view = district.Views.Last();
        view.State.ShouldBe(ClassroomState.Live);
        view.StateSince.ShouldBe(district.Time.GetUtcNow());
        view.Fault.ShouldBeNull();
    }

    [Fact]
    public async Task A_room_without_a_lesson_rests_with_its_pictures_off_whatever_its_camera_sends()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync();
        await district.TellAsync(new SampleTaken(Samples.Of(district.Time.GetUtcNow())));

        await district.TellAsync(new WatchWanted(false));
        await district.TellAsync(PictureTaken.Instance);
        await district.TellAsync(new SampleTaken(Samples.Of(district.Time.GetUtcNow())));
        await district.TellAsync(new DecodeFaulted(RoomFaults.NoPicture));
        await district.AdvanceAsync(30);

        var view = district.Views.Last();
        (view.State, view.Fault, view.People, view.Poses.Length).ShouldBe((ClassroomState.Resting, null, 0, 0));
        district.Feed.OpenRooms.ShouldBeEmpty();
        (await district.DistrictAsync()).Schools[0].ShouldSatisfyAllConditions(
            school => school.Resting.ShouldBe(1), school => school.Live.ShouldBe(0));
    }

    [Fact]
    public async Task A_resting_room_is_live_again_with_its_first_picture_when_its_lesson_is_due()
    {
        await using var district = await StartAsync();
        await district.TellAsync(new WatchWanted(false));
        await district.TellAsync(new PublisherConnected("camera"));
        district.Views.Last().State.ShouldBe(ClassroomState.Resting);
        district.Feed.OpenRooms.ShouldBeEmpty();

        await district.TellAsync(new WatchWanted(true));
        district.Feed.OpenRooms.Keys.ShouldBe([TestDistrict.Room]);
        district.Views.Last().State.ShouldBe(ClassroomState.Resting);
        await district.TellAsync(PictureTaken.Instance);
        district.Views.Last().State.ShouldBe(ClassroomState.Live);
    }

    [Fact]
    public async Task A_resting_room_whose_camera_hangs_up_is_offline_and_one_that_gives_no_picture_at_the_bell_is_stalled()
    {
        await using var district = await StartAsync();
        await district.TellAsync(new WatchWanted(false));
        await district.TellAsync(new PublisherConnected("camera"));
        await district.TellAsync(new PublisherGone("camera", GoneReason.Closed));
        district.Views.Last().State.ShouldBe(ClassroomState.Offline);

        await district.TellAsync(new PublisherConnected("camera"));
        await district.TellAsync(new WatchWanted(true));
        await district.AdvanceAsync(4.5);
        district.Views.Last().State.ShouldBe(ClassroomState.Stalled);
        await district.TellAsync(new WatchWanted(false));
        district.Views.Last().State.ShouldBe(ClassroomState.Resting);
    }

    [Fact]
    public async Task On_a_busy_computer_a_room_whose_video_comes_is_looked_at_less_often_instead_of_stalled()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync();
        await district.TellAsync(new SampleTaken(Samples.Of(district.Time.GetUtcNow())));
        district.Feed.Behind = true;

        for (var second = 1; second <= 20; second++)
        {
            await district.AdvanceAsync(1);
            district.Views.Last().State.ShouldBe(ClassroomState.Live, $"after {second} s");
        }

        district.Views.Last().IntervalMilliseconds.ShouldBeGreaterThan(10_000);
        district.Views.Last().Fault.ShouldBeNull();
    }

    [Fact]
    public async Task A_busy_computer_is_no_excuse_for_ever_nor_for_a_camera_that_has_stopped()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync();
        district.Feed.Behind = true;
        await district.AdvanceAsync(4);
        await district.AdvanceAsync(1);
        district.Views.Last().State.ShouldBe(ClassroomState.Live);

        district.Feed.Behind = false;
        await district.AdvanceAsync(1);
        district.Views.Last().State.ShouldBe(ClassroomState.Stalled);

        await district.TellAsync(PictureTaken.Instance);
        district.Feed.Behind = true;
        for (var second = 0; second < 31; second++)
        {
            await district.AdvanceAsync(1);
        }

        district.Views.Last().State.ShouldBe(ClassroomState.Stalled);
    }

    [Fact]
    public async Task A_publisher_that_never_sends_a_picture_is_shown_as_stalled()
    {
        await using var district = await StartAsync();
        await district.TellAsync(new PublisherConnected("camera"));
        await district.AdvanceAsync(4);
        var view = district.Views.Last();
        view.State.ShouldBe(ClassroomState.Stalled);
        view.Fault.ShouldBe(RoomFaults.NoPicture);
    }

    [Fact]
    public async Task Why_an_RTSP_camera_cannot_be_shown_is_told_until_its_picture_comes()
    {
        await using var district = await StartAsync();
        await district.TellAsync(new CameraFaulted(CameraFaults.Refused));
        await district.AdvanceAsync(1);
        (district.Views.Last().State, district.Views.Last().Fault).ShouldBe((ClassroomState.Offline, CameraFaults.Refused));

        await district.TellAsync(new CameraFaulted(null));
        await district.GoLiveAsync();
        district.Views.Last().Fault.ShouldBeNull();

        await district.TellAsync(new CameraFaulted(CameraFaults.Lost));
        await district.AdvanceAsync(1);
        (district.Views.Last().State, district.Views.Last().Fault).ShouldBe((ClassroomState.Live, (string?)null));
        await district.TellAsync(new PublisherGone("camera", GoneReason.Vanished));
        (district.Views.Last().State, district.Views.Last().Fault).ShouldBe((ClassroomState.Offline, CameraFaults.Lost));
    }

    [Fact]
    public async Task A_camera_that_stops_is_shown_within_five_seconds_and_comes_back_by_itself()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync();
        await district.WatchAsync(20, at => Samples.Of(at, 4, Xunke.Analytics.Behaviours.Behaviour.HeadUp));
        await district.AdvanceAsync(3.9);
        district.Views.Last().State.ShouldBe(ClassroomState.Live);

        await district.AdvanceAsync(0.1);
        var stalled = district.Views.Last();
        stalled.State.ShouldBe(ClassroomState.Stalled);
        stalled.Fault.ShouldBe(RoomFaults.NoPicture);
        stalled.People.ShouldBe(0);
        stalled.Poses.ShouldBeEmpty();
        stalled.HeadUpRate.Value.ShouldBeNull();

        await district.AdvanceAsync(60);
        await district.TellAsync(PictureTaken.Instance);
        district.Views.Last().State.ShouldBe(ClassroomState.Live);
        district.Views.Last().Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Slow_analysis_is_no_stall_while_pictures_come()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync();
        for (var second = 0; second < 30; second++)
        {
            await district.AdvanceAsync(1);
            await district.TellAsync(PictureTaken.Instance);
        }

        district.Views.Of(TestDistrict.Room).ShouldNotContain(view => view.State == ClassroomState.Stalled);
    }

    [Fact]
    public async Task A_publisher_that_goes_turns_the_room_off()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync();
        await district.TellAsync(new PublisherGone("camera", GoneReason.Vanished));
        district.Views.Last().State.ShouldBe(ClassroomState.Offline);
        district.Feed.OpenRooms.ShouldBeEmpty();

        await district.AdvanceAsync(60);
        district.Views.Last().State.ShouldBe(ClassroomState.Offline);
    }

    [Fact]
    public async Task A_publisher_that_replaces_another_does_not_make_the_tile_flicker()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync(session: "old");
        var before = district.Views.Of(TestDistrict.Room).Length;
        await district.TellAsync(new PublisherGone("old", GoneReason.Replaced));
        await district.AdvanceAsync(2);
        await district.TellAsync(new PublisherConnected("new"));
        await district.AdvanceAsync(2);
        await district.TellAsync(PictureTaken.Instance);
        await district.AdvanceAsync(3);

        district.Views.Of(TestDistrict.Room).Skip(before).ShouldAllBe(view => view.State == ClassroomState.Live);
        district.Feed.OpenRooms.Keys.ShouldBe([TestDistrict.Room]);
        await district.TellAsync(new PublisherGone("new", GoneReason.Closed));
        district.Views.Last().State.ShouldBe(ClassroomState.Offline);
    }

    [Fact]
    public async Task A_replacement_that_never_connects_leaves_the_room_offline()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync(session: "old");
        await district.TellAsync(new PublisherGone("old", GoneReason.Replaced));
        await district.AdvanceAsync(5);
        district.Views.Last().State.ShouldBe(ClassroomState.Offline);
        district.Feed.OpenRooms.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_end_of_an_older_session_says_nothing_about_the_present_one()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync(session: "present");
        await district.TellAsync(new PublisherGone("older", GoneReason.HandshakeFailed));
        district.Views.Last().State.ShouldBe(ClassroomState.Live);
    }

    [Fact]
    public async Task Video_that_does_not_decode_is_named_until_a_picture_comes()
    {
        await using var district = await StartAsync();
        await district.TellAsync(new PublisherConnected("camera"));
        await district.TellAsync(new DecodeFaulted(RoomFaults.CannotDecode));
        await district.AdvanceAsync(4);
        district.Views.Last().State.ShouldBe(ClassroomState.Stalled);
        district.Views.Last().Fault.ShouldBe(RoomFaults.CannotDecode);

        await district.TellAsync(PictureTaken.Instance);
        district.Views.Last().State.ShouldBe(ClassroomState.Live);
        district.Views.Last().Fault.ShouldBeNull();
    }
}
