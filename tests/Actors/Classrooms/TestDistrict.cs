using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Actors;
using Xunke.Actors.Books;
using Xunke.Actors.Classrooms;
using Xunke.Actors.Hosting;
using Xunke.Actors.Live;
using Xunke.Actors.Records;
using Xunke.Analytics.Behaviours;
using Xunke.Tests.Actors.Hosting;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Classrooms;

/// <summary>Two schools of three rooms on a real database, with a clock and cameras that the test moves.</summary>
internal sealed class TestDistrict : IAsyncDisposable
{
    public const string Room = "s01-101";
    public const int Enrolled = 10;

    private readonly ActorHost _host;
    private readonly FailureLog _failures;
    private readonly ActorTree _tree;
    private readonly RoomMemories _memories;
    private readonly IActorStateStore _store;

    private TestDistrict(
        ManualTime time, Views views, HandFeed feed, IActorStateStore store, RoomMemories memories, ActorHost host, ActorTree tree,
        FailureLog failures)
    {
        Time = time;
        Views = views;
        Feed = feed;
        _store = store;
        _memories = memories;
        _host = host;
        _failures = failures;
        _tree = tree;
    }

    public ManualTime Time { get; }

    public Views Views { get; }

    public HandFeed Feed { get; }

    public static async Task<TestDistrict> StartAsync(
        IActorStateStore store, ManualTime? time = null, HandFeed? feed = null)
    {
        time ??= new ManualTime();
        feed ??= new HandFeed();
        var views = new Views();
        var failures = new FailureLog();
        var memories = new RoomMemories(store, NullLogger.Instance);
        var host = new ActorHost(time, failures, ActorTree.Mailboxes);
        ImmutableArray<SchoolRegistration> schools = [School("s01"), School("s02")];
        var services = new ClassroomServices(feed, views, memories, time, new ClassroomSettings(), NullLogger.Instance);
        var tree = ActorTree.Grow(host, schools, services);
        var district = new TestDistrict(time, views, feed, store, memories, host, tree, failures);
        foreach (var room in schools.SelectMany(school => school.Rooms).Select(room => room.RoomId))
        {
            await district.SettleAsync(room);
        }

        return district;

        static SchoolRegistration School(string id) => new(
            id, [.. Enumerable.Range(101, 3).Select(number => new RoomRegistration($"{id}-{number}", id, Enrolled))]);
    }

    /// <summary>A camera connects, and its first picture comes.</summary>
    public async Task GoLiveAsync(string room = Room, string session = "camera")
    {
        Feed.Publishers[room] = session;
        await TellAsync(new PublisherConnected(session), room);
        await TellAsync(PictureTaken.Instance, room);
    }

    /// <summary>Tells a room something and waits until it has been handled.</summary>
    public async Task TellAsync(ClassroomMessage message, string room = Room)
    {
        _tree.Rooms.Tell(room, message);
        await SettleAsync(room);
    }

    /// <summary>Tells a room what will crash it, and lets its restart happen.</summary>
    public async Task CrashAsync(string room)
    {
        await FailAsync(() => _tree.Rooms.Tell(room, new SampleTaken(Samples.Poison(Time.GetUtcNow()))));
        await AdvanceUntilAsync(async () =>
        {
            await SettleAsync(room);
            return true;
        });
    }

    /// <summary>Does what makes an actor fail, and waits until it has.</summary>
    public async Task FailAsync(Action poison)
    {
        var before = _failures.Failures;
        poison();
        await Eventually.TrueAsync(() => _failures.Failures > before);
    }

    /// <summary>Moves the clock on in small steps, past the back-off of an actor that crashed, until its answer is as wished.</summary>
    public async Task AdvanceUntilAsync(Func<Task<bool>> condition)
    {
        // A question to an actor in its back-off waits in the mailbox and is answered by the next instance.
        var answer = condition();
        await Eventually.TrueAsync(() =>
        {
            if (answer.IsCompletedSuccessfully && !answer.Result)
            {
                answer = condition();
            }

            if (!answer.IsCompleted)
            {
                Time.Advance(TimeSpan.FromMilliseconds(50));
            }

            return answer.IsCompleted && (answer.IsFaulted || answer.Result);
        });
        await answer;
    }

    /// <summary>One picture and one sample a second.</summary>
    public async Task WatchAsync(int seconds, Func<DateTimeOffset, BehaviourSample> sample, string room = Room)
    {
        for (var second = 0; second < seconds; second++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await TellAsync(PictureTaken.Instance, room);
            await TellAsync(new SampleTaken(sample(Time.GetUtcNow())), room);
        }
    }

    public async Task AdvanceAsync(double seconds, string room = Room)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        await SettleAsync(room);
    }

    /// <summary>Waits until a room, its school and the district have handled all they were told.</summary>
    public async Task SettleAsync(string room = Room)
    {
        await HistoryAsync(TimeSpan.Zero, room);
        await RoomsAsync(room[..3]);
        await DistrictAsync();
    }

    public Task<RoomHistory> HistoryAsync(TimeSpan length, string room = Room) =>
        _tree.Rooms.AskAsync(room, new GetHistory(length), TimeSpan.FromHours(1), TestContext.Current.CancellationToken);

    public Task<ImmutableArray<RoomView>> RoomsAsync(string school) =>
        _tree.Schools.AskAsync(school, new GetRooms(), TimeSpan.FromHours(1), TestContext.Current.CancellationToken);

    public Task<DistrictView> DistrictAsync() =>
        _tree.District.AskAsync(DistrictMessage.OnlyId, new GetDistrict(), TimeSpan.FromHours(1), TestContext.Current.CancellationToken);

    public void TellSchool(string school, SchoolMessage message) => _tree.Schools.Tell(school, message);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _memories.DisposeAsync();
        await _store.DisposeAsync();
    }
}

/// <summary>All views that came out, in order.</summary>
internal sealed class Views : ILiveViewSink
{
    public ConcurrentQueue<RoomView> Rooms { get; } = new();

    public ConcurrentQueue<SchoolView> Schools { get; } = new();

    public ConcurrentQueue<DistrictView> Districts { get; } = new();

    public void Publish(RoomView view) => Rooms.Enqueue(view);

    public void Publish(SchoolView view) => Schools.Enqueue(view);

    public void Publish(DistrictView view) => Districts.Enqueue(view);

    public RoomView[] Of(string room) => [.. Rooms.Where(view => view.RoomId == room)];

    public RoomView Last(string room = TestDistrict.Room) => Of(room)[^1];
}

/// <summary>Cameras moved by hand.</summary>
internal sealed class HandFeed : IRoomFeed
{
    public ConcurrentDictionary<string, string> Publishers { get; } = new();

    public ConcurrentDictionary<string, bool> OpenRooms { get; } = new();

    public string? Publisher(string roomId) => Publishers.GetValueOrDefault(roomId);

    public ConcurrentDictionary<string, string> CameraFaults { get; } = new();

    public string? CameraFault(string roomId) => CameraFaults.GetValueOrDefault(roomId);

    public bool Behind { get; set; }

    public bool IsBehind(string roomId) => Behind;

    public void Open(string roomId) => OpenRooms[roomId] = true;

    public void Close(string roomId) => OpenRooms.TryRemove(roomId, out _);
}
