using Xunke.Actors.Classrooms;
using Xunke.Actors.Live;
using Xunke.Analytics.Behaviours;
using Xunke.Streaming;

namespace Xunke.Tests.Actors.Classrooms;

public sealed class ClassroomViewTests : ClassroomTestBase
{
    private static readonly TimeSpan Distance = new ClassroomSettings().ViewInterval;

    [Fact]
    public async Task A_sample_becomes_counts_figures_and_a_seat_map()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync();
        await district.WatchAsync(5, at => Samples.Of(
            at, Behaviour.HeadUp, Behaviour.HeadUp, Behaviour.HeadDown, Behaviour.HandRaised, Behaviour.Standing, Behaviour.Unknown) with
        { Teacher = TeacherPlace.AtBoard });

        var view = district.Views.Last();
        (view.People, view.HandsRaised, view.Standing, view.HeadsUp, view.HeadsDown, view.Unknown).ShouldBe((6, 1, 1, 2, 1, 1));
        view.Teacher.ShouldBe(TeacherPlace.AtBoard);
        view.HeadUpRate.Value!.Value.ShouldBe(2 / 5d, 1e-9);
        view.HeadUpRate.Samples.ShouldBe(25);
        view.HeadUpRate.Coverage.ShouldBe(0.5, 1e-9);
        view.HeadUpRate.Formula.ShouldBe("head-up-rate/1");
        view.Participation.Value!.Value.ShouldBe(2 / 5d, 1e-9);
        view.IntervalMilliseconds.ShouldBe(1000);
        view.Enrolled.ShouldBe(TestDistrict.Enrolled);
        view.Aspect.ShouldBe(832d / 468, 1e-9);
        view.Poses.Length.ShouldBe(6);
        view.Poses[3].Behaviour.ShouldBe(Behaviour.HandRaised);
        view.Poses[3].Confidence.ShouldBe(75);
        view.Poses[3].Joints.Length.ShouldBe(26);
        view.Poses[3].Joints.Take(4).ShouldBe([500, 250, -1, -1]);
        // A joint below the frame is drawn at its edge.
        view.Poses[3].Joints.TakeLast(2).ShouldBe([250, 1000]);
    }

    [Fact]
    public async Task Views_keep_their_distance_and_end_with_the_newest_sample()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync();
        var before = district.Views.Of(TestDistrict.Room).Length;
        for (var tenth = 1; tenth <= 30; tenth++)
        {
            await district.AdvanceAsync(0.1);
            await district.TellAsync(PictureTaken.Instance);
            await district.TellAsync(new SampleTaken(Samples.Of(district.Time.GetUtcNow(), tenth, Behaviour.HeadUp)));
        }

        await district.AdvanceAsync(1);
        var views = district.Views.Of(TestDistrict.Room).Skip(before).ToArray();
        views.Length.ShouldBeInRange(4, 5);
        views[^1].People.ShouldBe(30);
        views.Zip(views.Skip(1)).ShouldAllBe(pair => pair.Second.At - pair.First.At >= Distance);
    }

    [Fact]
    public async Task A_view_that_had_to_wait_for_its_turn_does_not_make_the_later_ones_wait()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync();
        await district.AdvanceAsync(0.3);
        var looks = new List<DateTimeOffset>();
        for (var second = 0; second < 6; second++)
        {
            looks.Add(district.Time.GetUtcNow());
            await district.TellAsync(PictureTaken.Instance);
            await district.TellAsync(new SampleTaken(Samples.Of(looks[^1], 5, Behaviour.HeadUp)));
            for (var tenth = 0; tenth < 10; tenth++)
            {
                await district.AdvanceAsync(0.1);
            }
        }

        district.Views.Of(TestDistrict.Room).Select(view => view.At).ShouldContain(looks[^1]);
    }

    [Fact]
    public async Task A_change_of_state_is_told_at_once()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync();
        await district.AdvanceAsync(0.01);
        await district.TellAsync(new PublisherGone("camera", GoneReason.Closed));
        await district.AdvanceAsync(0.01);
        await district.GoLiveAsync();
        district.Views.Of(TestDistrict.Room).Select(view => view.State).ShouldBe(
            [ClassroomState.Offline, ClassroomState.Live, ClassroomState.Offline, ClassroomState.Live]);
    }

    [Fact]
    public async Task What_the_analysis_said_last_is_dropped_when_it_falls_far_behind()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync();
        await district.WatchAsync(2, at => Samples.Of(at, 5, Behaviour.HeadUp));
        for (var second = 0; second < 12; second++)
        {
            district.Views.Last().State.ShouldBe(ClassroomState.Live);
            await district.AdvanceAsync(1);
            await district.TellAsync(PictureTaken.Instance);
        }

        district.Views.Last().People.ShouldBe(0);
        district.Views.Last().Poses.ShouldBeEmpty();
    }

    [Fact]
    public async Task More_people_than_are_on_the_books_is_a_fault_not_a_figure()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync();
        await district.WatchAsync(5, at => Samples.Of(at, TestDistrict.Enrolled + 5, Behaviour.HeadUp));
        district.Views.Last().Fault.ShouldBe(RoomFaults.OverEnrolment);
        district.Views.Last().State.ShouldBe(ClassroomState.Live);

        await district.WatchAsync(10, at => Samples.Of(at, TestDistrict.Enrolled, Behaviour.HeadUp));
        district.Views.Last().Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Sequence_numbers_only_grow()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync();
        await district.WatchAsync(3, at => Samples.Of(at, 3, Behaviour.HeadUp));
        await district.CrashAsync(TestDistrict.Room);
        await district.WatchAsync(3, at => Samples.Of(at, 3, Behaviour.HeadUp));
        var sequences = district.Views.Of(TestDistrict.Room).Select(view => view.Sequence).ToArray();
        sequences.ShouldBeInOrder(SortDirection.Ascending);
        sequences.ShouldBeUnique();
    }

    [Fact]
    public async Task The_chart_keeps_ten_minutes_and_gives_the_part_asked_for()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync();
        await district.WatchAsync(700, at => Samples.Of(at, Behaviour.HeadUp, Behaviour.HandRaised));
        var now = district.Time.GetUtcNow();

        var all = (await district.HistoryAsync(TimeSpan.FromHours(1))).Points;
        all.Length.ShouldBe(600);
        all[^1].At.ShouldBe(now);
        all[0].At.ShouldBe(now - TimeSpan.FromSeconds(599));
        all.Select(point => point.At).ShouldBeInOrder();
        (all[^1].People, all[^1].HeadsUp, all[^1].HandsRaised).ShouldBe((2, 1, 1));

        (await district.HistoryAsync(TimeSpan.FromMinutes(1))).Points.Length.ShouldBe(60);
    }

    [Fact]
    public async Task Schools_and_the_district_add_up_their_live_rooms()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync("s01-101");
        await district.GoLiveAsync("s01-102");
        await district.GoLiveAsync("s02-103");
        await district.WatchAsync(2, at => Samples.Of(at, 4, Behaviour.HeadUp), "s01-101");
        await district.WatchAsync(2, at => Samples.Of(at, 4, Behaviour.HeadDown), "s01-102");
        await district.AdvanceAsync(2);
        await district.SettleAsync("s02-103");

        var schools = (await district.DistrictAsync()).Schools;
        schools.Select(school => school.SchoolId).ShouldBe(["s01", "s02"]);
        (schools[0].Rooms, schools[0].Live, schools[0].People).ShouldBe((3, 2, 8));
        schools[0].HeadUpRate.Value!.Value.ShouldBe(0.5, 1e-9);
        schools[0].HeadUpRate.Coverage.ShouldBe(0.4, 1e-9);
        (schools[1].Live + schools[1].Stalled, schools[1].People).ShouldBe((1, 0));
        (await district.RoomsAsync("s01")).Select(room => room.RoomId).ShouldBe(["s01-101", "s01-102", "s01-103"]);
    }

    [Fact]
    public async Task School_and_district_views_keep_their_distance()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync("s01-101");
        await district.GoLiveAsync("s01-102");
        await district.GoLiveAsync("s01-103");
        await district.AdvanceAsync(5);
        foreach (var room in (string[])["s01-101", "s01-102", "s01-103"])
        {
            await district.SettleAsync(room);
        }

        await district.AdvanceAsync(2);
        var schoolViews = district.Views.Schools.Where(view => view.SchoolId == "s01").ToArray();
        schoolViews.Zip(schoolViews.Skip(1)).ShouldAllBe(pair => pair.Second.At - pair.First.At >= Distance);
        schoolViews[^1].Stalled.ShouldBe(3);
        var views = district.Views.Districts.ToArray();
        views.Zip(views.Skip(1)).ShouldAllBe(pair => pair.Second.At - pair.First.At >= Distance);
        views.Select(view => view.Sequence).ShouldBeUnique();
    }
}
