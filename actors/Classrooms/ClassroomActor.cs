using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Xunke.Actors.Live;
using Xunke.Actors.Messaging;
using Xunke.Analytics.Behaviours;
using Xunke.Streaming;

namespace Xunke.Actors.Classrooms;

/// <summary>
/// One room: whether its camera can be seen, what the class is doing now, and its last minutes. Its behaviours are
/// Offline (no publisher), Connecting (a publisher, no picture yet; shown as it was before), Live, Stalled and Resting (a publisher,
/// and no lesson); before them, Loading what it remembers.
/// </summary>
internal sealed partial class ClassroomActor : TypedActor<ClassroomMessage>
{
    private readonly string _roomId;
    private readonly ClassroomServices _services;
    private readonly ClassroomSettings _settings;
    private readonly ClassroomFigures _figures;
    private readonly RoomRecall _recall;
    private readonly RoomTeller _teller;
    private readonly ViewTrouble _trouble = new();
    private readonly PictureWatch _pictures;
    private ClassroomState _state = ClassroomState.Offline;
    private DateTimeOffset _stateSince;
    private string? _publisher;
    private string? _fault;
    private string? _cameraFault;
    private bool _isWanted = true;
    private bool _viewPending;

    private ClassroomActor(RoomRegistration room, Entities<SchoolMessage> schools, ClassroomServices services)
        : base(Mailbox.Capacity)
    {
        _roomId = room.RoomId;
        _services = services;
        _settings = services.Settings;
        _figures = new ClassroomFigures(room.Enrolled, _settings.HistoryLength);
        _recall = new RoomRecall(services.Memories.Of(room.RoomId));
        _teller = new RoomTeller(room, schools, services);
        _pictures = new PictureWatch(services.Time, _settings);
        _stateSince = Now;
    }

    /// <summary>Beside the newest picture and the newest sample.</summary>
    public static MailboxBound Mailbox { get; } = new("classroom", 64);

    private DateTimeOffset Now => _services.Time.GetUtcNow();

    /// <summary>How a room keeps its figures.</summary>
    /// <param name="room">What the books say of the room at each start of the actor.</param>
    /// <param name="schools">The schools; its own is told its views.</param>
    /// <param name="services">What all rooms share.</param>
    public static Props<ClassroomMessage> Props(
        Func<RoomRegistration> room, Entities<SchoolMessage> schools, ClassroomServices services) =>
        Props<ClassroomMessage>.Of(() => new ClassroomActor(room(), schools, services), Mailbox);

    protected override void PreStart() =>
        PipeToSelf(_recall.LoadAsync(), memory => new MemoryLoaded(memory, null), failure => new MemoryLoaded(null, failure));

    /// <summary>Also before a restart.</summary>
    protected override void PostStop() => SaveChanges();

    // Loading; no other behaviour comes back here.
    protected override void Handle(ClassroomMessage message)
    {
        switch (message)
        {
            case MemoryLoaded { Failure: { } failure }:
                ExceptionDispatchInfo.Throw(failure);
                break;
            case MemoryLoaded loaded:
                Begin(loaded.Memory);
                Stash.UnstashAll();
                break;
            default:
                SetAside(message);
                break;
        }
    }

    private void Begin(ClassroomMemory? memory)
    {
        _recall.Restore(memory, _figures);
        _cameraFault = _services.Feed.CameraFault(_roomId);
        if (_services.Feed.Publisher(_roomId) is { } publisher)
        {
            // Restarted with a camera connected: say nothing before the next picture, lest the tile flicker.
            Connect(publisher);
        }
        else
        {
            GoOffline();
        }
    }

    private void Offline(ClassroomMessage message)
    {
        if (message is PublisherConnected connected)
        {
            Connect(connected.SessionId);
        }
        else
        {
            HandleAlways(message);
        }
    }

    private void Connecting(ClassroomMessage message)
    {
        switch (message)
        {
            case PictureTaken:
                GoLive();
                break;
            case SampleTaken taken:
                GoLive();
                Take(taken.Sample);
                break;
            case TimerDue { Timer: RoomTimer.Picture }:
                CheckPicture();
                break;
            default:
                HandlePublished(message);
                break;
        }
    }

    private void Live(ClassroomMessage message)
    {
        switch (message)
        {
            case PictureTaken:
                _pictures.Mark();
                if (_fault == RoomFaults.CannotDecode)
                {
                    _fault = null;
                }

                break;
            case SampleTaken taken:
                Take(taken.Sample);
                break;
            case TimerDue { Timer: RoomTimer.Picture }:
                CheckPicture();
                break;
            case TimerDue { Timer: RoomTimer.Save }:
                SaveChanges();
                break;
            default:
                HandlePublished(message);
                break;
        }
    }

    private void Stalled(ClassroomMessage message)
    {
        switch (message)
        {
            case PictureTaken:
                GoLive();
                break;
            case SampleTaken:
                // The analysis of a picture from before; the next picture makes the room live.
                break;
            default:
                HandlePublished(message);
                break;
        }
    }

    private void Resting(ClassroomMessage message)
    {
        if (message is not (PictureTaken or SampleTaken or DecodeFaulted))
        {
            // What was on its way when the room came to rest is of no use any more.
            HandlePublished(message);
        }
    }

    /// <summary>What Connecting, Live, Stalled and Resting have in common: a publisher that may change, go or send rubbish.</summary>
    private void HandlePublished(ClassroomMessage message)
    {
        switch (message)
        {
            case PublisherConnected connected when _state == ClassroomState.Live:
                // A publisher that takes over does not interrupt the room.
                _publisher = connected.SessionId;
                _pictures.Mark();
                Timers.Cancel(RoomTimer.Replacement);
                break;
            case PublisherConnected connected:
                Connect(connected.SessionId);
                break;
            case PublisherGone { Reason: GoneReason.Replaced } gone when gone.SessionId == _publisher:
                Timers.StartSingleTimer(RoomTimer.Replacement, new TimerDue(RoomTimer.Replacement), _settings.ReplacementLimit);
                break;
            case PublisherGone gone when gone.SessionId == _publisher:
            case TimerDue { Timer: RoomTimer.Replacement }:
                GoOffline();
                break;
            case DecodeFaulted { Code: RoomFaults.NoPicture } when _services.Feed.IsBehind(_roomId):
                // Late is not never; CheckPicture tells them apart.
                break;
            case DecodeFaulted faulted:
                _fault = faulted.Code;
                ShowSoon();
                break;
            case WatchWanted wanted when wanted.IsWanted != _isWanted:
                _isWanted = wanted.IsWanted;
                Connect(_publisher!);
                break;
            default:
                HandleAlways(message);
                break;
        }
    }

    private void HandleAlways(ClassroomMessage message)
    {
        switch (message)
        {
            case GetHistory get:
                Answer(get, new RoomHistory(_roomId, _figures.ChartSince(Now - get.Length, Now)));
                break;
            case CameraFaulted faulted:
                _cameraFault = faulted.Code;
                ShowSoon();
                break;
            case RepeatView:
                _teller.Repeat();
                break;
            case RoomRegistered registered:
                _figures.Enrolled = registered.Room.Enrolled;
                _teller.Register(registered.Room);
                ShowSoon();
                break;
            case WatchWanted wanted:
                _isWanted = wanted.IsWanted;
                break;
            case TimerDue { Timer: RoomTimer.View }:
                _viewPending = false;
                Show();
                break;
        }
    }

    private void Connect(string publisher)
    {
        _publisher = publisher;
        _fault = null;
        Timers.Cancel(RoomTimer.Replacement);
        if (!_isWanted)
        {
            Rest();
            return;
        }

        _services.Feed.Open(_roomId);
        _pictures.Mark();
        AwaitPicture(_settings.StallAfter);
        Become(Connecting);
    }

    private void Rest()
    {
        _services.Feed.Close(_roomId);
        Timers.Cancel(RoomTimer.Picture);
        Timers.Cancel(RoomTimer.Save);
        Enter(ClassroomState.Resting, Resting);
        SaveChanges();
    }

    private void GoLive()
    {
        _fault = null;
        _pictures.Mark();
        _figures.Begin();
        _trouble.Clear();
        AwaitPicture(_settings.StallAfter);
        Timers.StartPeriodicTimer(RoomTimer.Save, new TimerDue(RoomTimer.Save), _settings.SaveInterval);
        Enter(ClassroomState.Live, Live);
    }

    private void Stall(string fault)
    {
        _fault = fault;
        Timers.Cancel(RoomTimer.Save);
        Enter(ClassroomState.Stalled, Stalled);
    }

    private void GoOffline()
    {
        _publisher = null;
        _fault = null;
        _services.Feed.Close(_roomId);
        Timers.CancelAll();
        _viewPending = false;
        Enter(ClassroomState.Offline, Offline);
        SaveChanges();
    }

    private void Enter(ClassroomState state, Action<ClassroomMessage> behaviour)
    {
        if (state != _state)
        {
            LogState(_services.Logger, _roomId, _state, state, _fault ?? "none");
        }

        _stateSince = _recall.Enter(state, _publisher, _figures) ?? (state == _state ? _stateSince : Now);
        _state = state;
        Become(behaviour);
        Show();
    }

    private void AwaitPicture(TimeSpan within) =>
        Timers.StartSingleTimer(RoomTimer.Picture, new TimerDue(RoomTimer.Picture), within);

    private void CheckPicture()
    {
        var behind = _pictures.IsLate(_fault is null && _services.Feed.IsBehind(_roomId));
        if (_pictures.NextLook(behind) is { } wait)
        {
            AwaitPicture(wait);
        }
        else
        {
            Stall(_fault ?? RoomFaults.NoPicture);
        }

        _figures.IsBehind = behind;
        if (_state == ClassroomState.Live && _figures.Sample is { } sample)
        {
            if (Now - sample.At > (behind ? _settings.MostBehind : sample.Interval * 3 + _settings.StallAfter))
            {
                // Pictures come, but the analysis does not keep up: what it said last is no longer what is going on.
                _figures.DropSample();
                ShowSoon();
            }
            else if (behind)
            {
                ShowSoon();
            }
        }
    }

    private void Take(BehaviourSample sample)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(sample.People.IsDefault, true);
        _figures.Take(sample);
        var before = _trouble.Fault;
        _trouble.Take(sample);
        if (_trouble.Fault != before)
        {
            LogView(_services.Logger, _roomId, _trouble.Fault ?? "as it should be");
        }

        _recall.Changed();
        ShowSoon();
    }

    private void ShowSoon()
    {
        if (_viewPending)
        {
            return;
        }

        var wait = _teller.Wait;
        if (wait <= TimeSpan.Zero)
        {
            Show();
        }
        else
        {
            _viewPending = true;
            Timers.StartSingleTimer(RoomTimer.View, new TimerDue(RoomTimer.View), wait);
        }
    }

    private void Show() => _teller.Show(
        _state,
        _stateSince,
        _fault ?? _state switch
        {
            ClassroomState.Offline => _cameraFault,
            ClassroomState.Live => _trouble.Fault,
            _ => null,
        },
        _figures);

    private void SaveChanges() => _recall.Save(_state, _stateSince, _publisher, _figures, Now);

    [LoggerMessage(Level = LogLevel.Information, Message = "Room {RoomId}: {Before} -> {After}, fault {Fault}")]
    private static partial void LogState(ILogger logger, string roomId, ClassroomState before, ClassroomState after, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The view of room {RoomId} is now: {Fault}")]
    private static partial void LogView(ILogger logger, string roomId, string fault);
}
