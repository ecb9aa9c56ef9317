using Xunke.Actors.Live;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Actors.Classrooms;

public sealed class ClassroomTamperTests : ClassroomTestBase
{
    [Theory]
    [InlineData(Tamper.Covered, RoomFaults.ViewCovered)]
    [InlineData(Tamper.Dark, RoomFaults.ViewDark)]
    [InlineData(Tamper.Blurred, RoomFaults.ViewBlurred)]
    [InlineData(Tamper.Frozen, RoomFaults.ViewFrozen)]
    public async Task A_view_that_hides_the_class_is_a_fault_and_gives_no_numbers(Tamper tamper, string fault)
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync();
        await district.WatchAsync(20, Class);
        district.Views.Last().HeadUpRate.Value.ShouldNotBeNull();

        await district.WatchAsync(5, at => Samples.Of(at) with { Tamper = tamper });

        var view = district.Views.Last();
        view.State.ShouldBe(ClassroomState.Live);
        view.Fault.ShouldBe(fault);
        view.HeadUpRate.Value.ShouldBeNull();
        view.Participation.Value.ShouldBeNull();
        view.IntervalMilliseconds.ShouldBe(0);
        view.Poses.ShouldBeEmpty();
        (await district.HistoryAsync(TimeSpan.FromMinutes(1))).Points.ShouldAllBe(point => point.People == 8);
    }

    [Fact]
    public async Task Numbers_come_back_when_enough_of_the_window_was_seen_again()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync();
        await district.WatchAsync(60, at => Samples.Of(at) with { Tamper = Tamper.Covered });
        await district.WatchAsync(5, Class);
        district.Views.Last().Fault.ShouldBeNull();
        district.Views.Last().People.ShouldBe(8);
        district.Views.Last().HeadUpRate.Value.ShouldBeNull();

        await district.WatchAsync(30, Class);
        district.Views.Last().HeadUpRate.Value!.Value.ShouldBe(1, 1e-9);
    }

    [Fact]
    public async Task Somebody_who_passes_the_lens_is_no_fault_and_a_clear_picture_no_end_of_one()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync();
        await district.WatchAsync(10, Class);
        await district.WatchAsync(2, at => Samples.Of(at) with { Tamper = Tamper.Covered });
        await district.WatchAsync(3, Class);
        district.Views.Of(TestDistrict.Room).ShouldAllBe(view => view.Fault == null);

        await district.WatchAsync(6, at => Samples.Of(at) with { Tamper = Tamper.Covered });
        await district.WatchAsync(1, Class);
        await district.WatchAsync(6, at => Samples.Of(at) with { Tamper = Tamper.Covered });
        district.Views.Of(TestDistrict.Room).SkipWhile(view => view.Fault == null).ShouldAllBe(view => view.Fault == RoomFaults.ViewCovered);
    }

    [Fact]
    public async Task A_camera_that_was_moved_still_counts_and_is_said_to_have_moved_for_a_minute()
    {
        await using var district = await StartAsync();
        await district.GoLiveAsync();
        await district.WatchAsync(1, at => Class(at) with { Tamper = Tamper.Moved });
        await district.WatchAsync(50, Class);
        district.Views.Last().Fault.ShouldBe(RoomFaults.ViewMoved);
        district.Views.Last().HeadUpRate.Value.ShouldNotBeNull();

        await district.WatchAsync(15, Class);
        district.Views.Last().Fault.ShouldBeNull();
    }

    private static BehaviourSample Class(DateTimeOffset at) => Samples.Of(at, 8, Behaviour.HeadUp);
}
