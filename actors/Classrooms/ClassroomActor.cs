using Microsoft.Extensions.Logging;
using Xunke.Actors.Kernel;
using Xunke.Actors.Live;
using Xunke.Actors.Schools;
using Xunke.Analytics.Behaviours;
using Xunke.Streaming;

namespace Xunke.Actors.Classrooms;

/// <summary>
/// One room: whether its camera can be seen, what the class is doing now, and its last minutes. Its behaviours are
/// Offline (no publisher), Connecting (a publisher, no picture yet; shown as offline), Live and Stalled.
/// </summary>
internal sealed partial class ClassroomActor : Actor<ClassroomMessage>
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly RoomRegistration _room;
    private readonly ClassroomServices _services;
    private readonly ActorRef<SchoolMessage> _school;
    private readonly ClassroomSettings _settings;
    private readonly MemoryKeeper _keeper;
    private readonly ClassroomFigures _figures;
    private readonly ViewPace _pace;
    private readonly ViewTrouble _trouble = new();
    private ClassroomState _state = ClassroomState.Offline;
    private DateTimeOffset _stateSince;
    private string? _publisher;
    private string? _fault;
    private string? _cameraFault;
    private long _lastPicture;
    private ClassroomMemory? _remembered;
    private bool _unsaved;
    private bool _viewPending;
    private long _sequence;
    private RoomView? _view;

    private ClassroomActor(
        ActorContext<ClassroomMessage> context, RoomRegistration room, ActorRef<SchoolMessage> school, ClassroomServices services)
        : base(context)
    {
        _room = room;
        _school = school;
        _services = services;
        _settings = services.Settings;
        _keeper = new MemoryKeeper(room.RoomId, services.Store, services.Logger);
        _figures = new ClassroomFigures(room.Enrolled, _settings.HistoryLength);
        _pace = new ViewPace(context.Time, _settings.ViewInterval);
        _stateSince = Now;

        // Views come at a few a second at most, so a number that starts from the clock outruns all earlier ones.
        _sequence = Now.ToUnixTimeMilliseconds();
    }

    private DateTimeOffset Now => Context.Time.GetUtcNow();

    /// <summary>How a school keeps a room: restarted for ever, as a camera that breaks it today may be mended tomorrow.</summary>
    public static Props<ClassroomMessage> Props(RoomRegistration room, ActorRef<SchoolMessage> school, ClassroomServices services) =>
        new(context => new ClassroomActor(context, room, school, services))
        {
            Mailbox = MailboxOptions<ClassroomMessage>.LatestWins(
                64, static message => message is SampleTaken or PictureTaken ? message.GetType() : null),
            Supervision = SupervisionStrategy.Restarting(
                TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), int.MaxValue, TimeSpan.FromMinutes(1)),
        };

    protected override async ValueTask OnStartAsync()
    {
        if (await _keeper.LoadAsync().ConfigureAwait(false) is { } memory)
        {
            _figures.RestoreChart(memory);
            _remembered = memory;
        }

        _cameraFault = _services.Feed.CameraFault(_room.RoomId);
        if (_services.Feed.Publisher(_room.RoomId) is { } publisher)
        {
            // Restarted with a camera connected: say nothing before the next picture, lest the tile flicker.
            Connect(publisher);
        }
        else
        {
            GoOffline();
        }
    }

    // Every start enters a behaviour, so nothing is ever received here.
    protected override ValueTask ReceiveAsync(ClassroomMessage message) => Offline(message);

    protected override async ValueTask OnStopAsync(Exception? failure)
    {
        if (_unsaved)
        {
            await SaveAsync().ConfigureAwait(false);
        }
    }

    private ValueTask Offline(ClassroomMessage message)
    {
        if (message is PublisherConnected connected)
        {
            Connect(connected.SessionId);
        }
        else
        {
            HandleAlways(message);
        }

        return ValueTask.CompletedTask;
    }

    private ValueTask Connecting(ClassroomMessage message)
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

        return ValueTask.CompletedTask;
    }

    private ValueTask Live(ClassroomMessage message)
    {
        switch (message)
        {
            case PictureTaken:
                _lastPicture = Context.Time.GetTimestamp();
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

        return ValueTask.CompletedTask;
    }

    private ValueTask Stalled(ClassroomMessage message)
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

        return ValueTask.CompletedTask;
    }

    /// <summary>What Connecting, Live and Stalled have in common: a publisher that may change, go or send rubbish.</summary>
    private void HandlePublished(ClassroomMessage message)
    {
        switch (message)
        {
            case PublisherConnected connected when _state == ClassroomState.Live:
                // A publisher that takes over does not interrupt the room.
                _publisher = connected.SessionId;
                _lastPicture = Context.Time.GetTimestamp();
                Context.Timers.Cancel(RoomTimer.Replacement);
                break;
            case PublisherConnected connected:
                Connect(connected.SessionId);
                break;
            case PublisherGone { Reason: GoneReason.Replaced } gone when gone.SessionId == _publisher:
                Context.Timers.StartSingle(RoomTimer.Replacement, new TimerDue(RoomTimer.Replacement), _settings.ReplacementLimit);
                break;
            case PublisherGone gone when gone.SessionId == _publisher:
            case TimerDue { Timer: RoomTimer.Replacement }:
                GoOffline();
                break;
            case DecodeFaulted { Code: RoomFaults.NoPicture } when _services.Feed.IsBehind(_room.RoomId):
                // Late is not never; CheckPicture tells them apart.
                break;
            case DecodeFaulted faulted:
                _fault = faulted.Code;
                ShowSoon();
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
                get.Reply.Tell(new RoomHistory(_room.RoomId, _figures.ChartSince(Now - get.Length, Now)));
                break;
            case CameraFaulted faulted:
                _cameraFault = faulted.Code;
                ShowSoon();
                break;
            case RepeatView when _view is not null:
                _school.Tell(new RoomChanged(_view));
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
        Context.Timers.Cancel(RoomTimer.Replacement);
        _services.Feed.Open(_room.RoomId);
        _lastPicture = Context.Time.GetTimestamp();
        AwaitPicture(_settings.StallAfter);
        Context.Become(Connecting);
    }

    private void GoLive()
    {
        _fault = null;
        _lastPicture = Context.Time.GetTimestamp();
        _figures.Begin();
        _trouble.Clear();
        AwaitPicture(_settings.StallAfter);
        Context.Timers.StartPeriodic(RoomTimer.Save, new TimerDue(RoomTimer.Save), _settings.SaveInterval);
        Enter(ClassroomState.Live, Live);
    }

    private void Stall(string fault)
    {
        _fault = fault;
        Context.Timers.Cancel(RoomTimer.Save);
        Enter(ClassroomState.Stalled, Stalled);
    }

    private void GoOffline()
    {
        _publisher = null;
        _fault = null;
        _services.Feed.Close(_room.RoomId);
        Context.Timers.CancelAll();
        _viewPending = false;
        Enter(ClassroomState.Offline, Offline);
        SaveChanges();
    }

    private void Enter(ClassroomState state, Func<ClassroomMessage, ValueTask> behaviour)
    {
        if (state != _state)
        {
            LogState(_services.Logger, _room.RoomId, _state, state, _fault ?? "none");
        }

        if (_remembered is { } before && before.State == state && before.SessionId == _publisher)
        {
            // The actor restarted, the room did not: go on where it was.
            _stateSince = before.StateSince;
            _figures.RestoreFigures(before);
        }
        else if (state != _state)
        {
            _stateSince = Now;
        }

        _state = state;
        _remembered = null;
        Context.Become(behaviour);
        Show();
    }

    private void AwaitPicture(TimeSpan within) =>
        Context.Timers.StartSingle(RoomTimer.Picture, new TimerDue(RoomTimer.Picture), within);

    private void CheckPicture()
    {
        var silence = Context.Time.GetElapsedTime(_lastPicture);
        var left = _settings.StallAfter - silence;
        var behind = left <= TimeSpan.Zero && silence < _settings.MostBehind && _fault is null && _services.Feed.IsBehind(_room.RoomId);
        if (behind || left > TimeSpan.Zero)
        {
            AwaitPicture(behind ? LookAgain : left);
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
        _figures.Take(sample);
        var before = _trouble.Fault;
        _trouble.Take(sample);
        if (_trouble.Fault != before)
        {
            LogView(_services.Logger, _room.RoomId, _trouble.Fault ?? "as it should be");
        }

        _unsaved = true;
        ShowSoon();
    }

    private void ShowSoon()
    {
        if (_viewPending)
        {
            return;
        }

        var wait = _pace.Wait;
        if (wait <= TimeSpan.Zero)
        {
            Show();
        }
        else
        {
            _viewPending = true;
            Context.Timers.StartSingle(RoomTimer.View, new TimerDue(RoomTimer.View), wait);
        }
    }

    private void Show()
    {
        _pace.Mark();
        var fault = _fault ?? _state switch
        {
            ClassroomState.Offline => _cameraFault,
            ClassroomState.Live => _trouble.Fault,
            _ => null,
        };
        _view = RoomViews.Of(_room, ++_sequence, Now, _state, _stateSince, fault, _figures);
        _services.Views.Publish(_view);
        _school.Tell(new RoomChanged(_view));
    }

    private void SaveChanges()
    {
        if (_unsaved)
        {
            // Not waited for: the keeper saves in order, and says itself what goes wrong.
            _ = SaveAsync();
        }
    }

    private Task SaveAsync()
    {
        _unsaved = false;
        return _keeper.SaveAsync(new ClassroomMemory(
            _publisher, _state, _stateSince, _figures.HeadUpRate, _figures.Participation,
            ClassroomMemory.Pack(_figures.ChartSince(DateTimeOffset.MinValue, Now))));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Room {RoomId}: {Before} -> {After}, fault {Fault}")]
    private static partial void LogState(ILogger logger, string roomId, ClassroomState before, ClassroomState after, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The view of room {RoomId} is now: {Fault}")]
    private static partial void LogView(ILogger logger, string roomId, string fault);
}
