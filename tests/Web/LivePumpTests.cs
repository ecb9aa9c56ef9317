using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Actors.Live;
using Xunke.Tests.Support;
using Xunke.Web.Changes;
using Xunke.Web.Configuration;
using Xunke.Web.Live;
using Xunke.Web.Schools;

namespace Xunke.Tests.Web;

public sealed class LivePumpTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    private readonly ManualTime _time = new();
    private readonly LiveBoard _board = new();
    private readonly SlowBrowser _browser = new();
    private readonly LivePump _pump;
    private int _aborted;

    public LivePumpTests()
    {
        _board.LayOut(
            [new SchoolEntry("s01", "一小", "One", [new("s01-101", "s01", "1班", "一年级", 40), new("s01-102", "s01", "2班", "一年级", 40)])]);
        _pump = new LivePump(_browser, _board, new LiveSettings(), _time, () => _aborted++, NullLogger.Instance);
    }

    [Fact]
    public async Task A_snapshot_is_whole_and_only_later_views_follow_it()
    {
        _board.Publish(Views.Room("s01-101", 1));
        _board.Publish(Views.Room("s01-102", 1));
        _pump.WatchSchool("s01").Count.ShouldBe(2);
        using var run = Start();

        Advance(10);
        _browser.Messages.ShouldBeEmpty();
        _board.Publish(Views.Room("s01-102", 2));
        Advance(10);

        await Eventually.TrueAsync(() => _browser.Messages.Count == 1);
        _browser.Messages[0].ShouldBe("s01-102#2");
    }

    [Fact]
    public async Task A_room_that_is_new_on_the_books_is_sent_to_whoever_watches_its_school()
    {
        _pump.WatchSchool("s01");
        using var run = Start();
        _board.Publish(Views.Room("s01-101", 1));
        Advance(10);
        await Eventually.TrueAsync(() => _browser.Messages.Count == 1);

        _board.LayOut(
            [new SchoolEntry("s01", "一小", "One", [new("s01-101", "s01", "1班", "一年级", 40), new("s01-103", "s01", "3班", "一年级", 40)])]);
        _board.Publish(Views.Room("s01-103", 1));
        _board.Publish(Views.Room("s01-102", 1));
        Advance(10);

        await Eventually.TrueAsync(() => _browser.Messages.Count == 2);
        _browser.Messages.ShouldBe(["s01-101#1", "s01-103#1"], "what was sent is not sent again, and a room that is gone is not sent");
    }

    [Fact]
    public async Task Many_changes_of_what_is_followed_are_told_once()
    {
        _board.Changes.Raise(Topic.Recording, "s01-101");
        _pump.Follow(Topic.Recording, "s01-101");
        using var run = Start();

        Advance(10);
        _browser.Messages.ShouldBeEmpty("what was before is not told");
        _browser.Block();
        for (int change = 1; change <= 50; change++)
        {
            _board.Changes.Raise(Topic.Recording, "s01-101");
            _board.Changes.Raise(Topic.Recording, "s01-102");
            _time.Advance(Tick);
        }

        _browser.Unblock();
        await AdvanceUntilAsync(() => _browser.Messages.Count == 2);
        _pump.Unfollow(Topic.Recording, "s01-101");
        _board.Changes.Raise(Topic.Recording, "s01-101");
        Advance(10);

        _browser.Messages.ShouldBe(["Recording s01-101", "Recording s01-101"]);
    }

    [Fact]
    public async Task A_room_is_sent_once_a_second_however_often_it_changes()
    {
        _pump.WatchSchool("s01");
        using var run = Start();
        for (int change = 1; change <= 100; change++)
        {
            _board.Publish(Views.Room("s01-101", change));
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await Eventually.TrueAsync(() => _browser.Messages.Count > 0);
        _browser.Messages.Count.ShouldBeLessThanOrEqualTo(12);
    }

    [Fact]
    public async Task A_slow_browser_holds_one_message_and_then_gets_the_newest_view()
    {
        _pump.WatchSchool("s01");
        using var run = Start();
        _browser.Block();
        _board.Publish(Views.Room("s01-101", 1));
        await AdvanceUntilAsync(() => _browser.Messages.Count == 1);

        for (int change = 2; change <= 50; change++)
        {
            _board.Publish(Views.Room("s01-101", change));
            _time.Advance(Tick);
        }

        _browser.Messages.Count.ShouldBe(1, "nothing is queued behind a message that is not taken");
        _browser.Unblock();
        await AdvanceUntilAsync(() => _browser.Messages.Count == 2);
        _browser.Messages[1].ShouldBe("s01-101#50");
    }

    [Fact]
    public async Task A_browser_that_takes_nothing_for_long_is_cut_off()
    {
        _pump.WatchRoom("s01-101");
        using var run = Start();
        _browser.Block();
        _board.Publish(Views.Room("s01-101", 1));
        await AdvanceUntilAsync(() => _browser.Messages.Count == 1);

        await AdvanceUntilAsync(() => _aborted == 1);
    }

    [Fact]
    public async Task What_is_no_longer_watched_is_no_longer_sent()
    {
        _pump.WatchSchool("s01");
        _pump.WatchRoom("s01-101");
        _pump.WatchDistrict();
        _pump.UnwatchSchool("s01");
        _pump.UnwatchRoom("s01-101");
        _pump.UnwatchDistrict();
        _pump.WatchRoom("s01-102");
        using var run = Start();

        _board.Publish(Views.Room("s01-101", 1));
        _board.Publish(Views.District(1));
        _board.Publish(Views.Room("s01-102", 1));

        await AdvanceUntilAsync(() => _browser.Messages.Count == 1);
        Advance(10);
        _browser.Messages.ShouldBe(["s01-102#1"]);
    }

    [Fact]
    public void An_older_view_never_replaces_a_newer_one()
    {
        _board.Publish(Views.Room("s01-101", 5));
        _board.Publish(Views.Room("s01-101", 4));

        _board.FindRoom("s01-101")!.Newest!.Sequence.ShouldBe(5);
    }

    [Fact]
    public void A_view_is_turned_into_json_once_for_all_connections()
    {
        _board.Publish(Views.Room("s01-101", 1));
        SharedView<RoomView> view = _board.FindRoom("s01-101")!.Newest!;

        view.Json.Overlaps(view.Json, out int offset).ShouldBeTrue();
        offset.ShouldBe(0);
    }

    private CancellationTokenSource Start()
    {
        var ended = new CancellationTokenSource();
        _ = _pump.RunAsync(ended.Token);
        return ended;
    }

    private void Advance(int ticks)
    {
        for (int i = 0; i < ticks; i++)
        {
            _time.Advance(Tick);
        }
    }

    private Task AdvanceUntilAsync(Func<bool> condition) => Eventually.TrueAsync(() =>
    {
        _time.Advance(Tick);
        return condition();
    });

    private sealed class SlowBrowser : ILiveClient
    {
        private readonly Lock _gate = new();
        private readonly List<string> _messages = [];
        private TaskCompletionSource _taken = new();

        public SlowBrowser() => _taken.SetResult();

        public IReadOnlyList<string> Messages
        {
            get
            {
                lock (_gate)
                {
                    return [.. _messages];
                }
            }
        }

        public void Block() => _taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Unblock() => _taken.SetResult();

        public Task District(SharedView<DistrictView> view) => Take($"district#{view.Sequence}");

        public Task Rooms(string schoolId, IReadOnlyList<SharedView<RoomView>> changed) =>
            Take(string.Join(' ', changed.Select(view => $"{view.View.RoomId}#{view.Sequence}")));

        public Task Room(SharedView<RoomView> view) => Take($"{view.View.RoomId}#{view.Sequence}");

        public Task Changed(Topic topic, string scope) => Take($"{topic} {scope}");

        private Task Take(string message)
        {
            lock (_gate)
            {
                _messages.Add(message);
            }

            return _taken.Task;
        }
    }
}
