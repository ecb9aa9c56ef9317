using System.Diagnostics.CodeAnalysis;

namespace Xunke.Actors.Kernel;

/// <summary>A cell with its mailbox and the present instance of its actor.</summary>
internal sealed class ActorCell<TMessage> : ActorCell
    where TMessage : notnull
{
    private readonly Props<TMessage> _props;
    private readonly Mailbox<TMessage> _mailbox;
    private readonly ActorContext<TMessage> _context;
    private readonly List<SystemMessage> _deferred = [];
    private readonly HashSet<ActorCell> _watched = [];
    private Actor<TMessage>? _actor;
    private Func<TMessage, ValueTask> _receive = static _ => ValueTask.CompletedTask;
    private FailureCount _failures;
    private Exception? _failure;
    private ITimer? _backOffTimer;
    private volatile CellState _state;

    public ActorCell(ActorSystem system, ActorCell? parent, string name, Props<TMessage> props)
        : base(system, parent, name)
    {
        _props = props;
        TypedRef = new ActorRef<TMessage>(this);
        _mailbox = new Mailbox<TMessage>(this, props.Mailbox, message => Bury(message, DeadLetterReason.Dropped));
        Stash = new Stash<TMessage>(props.StashCapacity);
        Timers = new ActorTimers<TMessage>(this);
        _context = new ActorContext<TMessage>(this);
    }

    public ActorRef<TMessage> TypedRef { get; }

    public override ActorRef Ref => TypedRef;

    public Stash<TMessage> Stash { get; }

    public ActorTimers<TMessage> Timers { get; }

    public int Waiting => _mailbox.Waiting;

    /// <summary>Whether user messages are handled (or, once terminated, buried) now.</summary>
    public bool TakesMessages => _state is CellState.Running or CellState.Terminated;

    public bool Post(TMessage message)
    {
        if (_state == CellState.Terminated)
        {
            Bury(message, DeadLetterReason.Stopped);
            return false;
        }

        if (!_mailbox.TryPost(message))
        {
            Bury(message, DeadLetterReason.MailboxFull);
            return false;
        }

        return true;
    }

    public override void Post(SystemMessage message) => _mailbox.Post(message);

    public void Become(Func<TMessage, ValueTask> handler) => _receive = handler;

    public void BecomeInitial() => _receive = _actor!.InitialReceive;

    public void SetAside(TMessage message)
    {
        if (!Stash.TryAdd(message))
        {
            Bury(message, DeadLetterReason.StashFull);
        }
    }

    public void StartWatching(ActorCell target)
    {
        if (_watched.Add(target))
        {
            target.Post(new Watch(this));
        }
    }

    public void StopWatching(ActorCell target)
    {
        if (_watched.Remove(target))
        {
            target.Post(new Unwatch(this));
        }
    }

    public bool TryNext([MaybeNullWhen(false)] out TMessage message)
    {
        if (_state == CellState.Running)
        {
            return Stash.TryTake(out message) || _mailbox.TryTake(out message);
        }

        // A message that slipped in while the actor stopped.
        while (_state == CellState.Terminated && _mailbox.TryTake(out message))
        {
            Bury(message, DeadLetterReason.Stopped);
        }

        message = default;
        return false;
    }

    public ValueTask HandleAsync(TMessage message) => _receive(message);

    /// <summary>Handles what the kernel has to say; never throws.</summary>
    public async ValueTask HandleAsync(SystemMessage message)
    {
        try
        {
            await DispatchAsync(message).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>The instance threw: hold the messages and do what the strategy says.</summary>
    public void Fail(Exception exception)
    {
        if (_state is CellState.Stopping or CellState.Terminated)
        {
            System.Log.FailedWhileStopping(exception, Path);
            return;
        }

        _state = CellState.Failed;
        _failure = exception;
        Timers.CancelAll();
        switch (_failures.Add(_props.Supervision, exception, System.Time, out var backOff))
        {
            case Directive.Restart when backOff == TimeSpan.Zero:
                System.Log.Restarting(exception, Path, 0);
                Post(new Restart());
                break;
            case Directive.Restart:
                System.Log.Restarting(exception, Path, (long)backOff.TotalMilliseconds);
                _backOffTimer = System.Time.CreateTimer(
                    static cell => ((ActorCell)cell!).Post(new Restart()), this, backOff, Timeout.InfiniteTimeSpan);
                break;
            case Directive.Stop:
                System.Log.StoppedByFailure(exception, Path);
                RequestStop();
                break;
            default:
                System.Log.Escalating(exception, Path);
                Parent?.Post(new ChildEscalated(this, exception));
                break;
        }
    }

    private async ValueTask DispatchAsync(SystemMessage message)
    {
        switch (message)
        {
            case ActorTimer<TMessage> timer when _state == CellState.Running && Timers.Take(timer):
                await _receive(timer.Message).ConfigureAwait(false);
                break;
            case Start when _state == CellState.Starting:
                await StartInstanceAsync().ConfigureAwait(false);
                break;
            case Restart when _state == CellState.Failed:
                await RestartAsync().ConfigureAwait(false);
                break;
            case RestartWithParent when _state == CellState.Failed:
                _failures.Clear();
                await RestartAsync().ConfigureAwait(false);
                break;
            case Stop when _state is not (CellState.Stopping or CellState.Terminated):
                await BeginStopAsync().ConfigureAwait(false);
                break;
            case ChildStopped stopped:
                if (RemoveChild(stopped.Child) && _state == CellState.Stopping)
                {
                    await FinishStopAsync().ConfigureAwait(false);
                }

                break;
            case ChildEscalated escalated when Parent is null:
                System.Log.StoppedByFailure(escalated.Failure, escalated.Child.Path);
                escalated.Child.RequestStop();
                break;
            case ChildEscalated escalated when _state is CellState.Running or CellState.Starting:
                Fail(escalated.Failure);
                break;
            case Watch watch when _state == CellState.Terminated:
                watch.Watcher.Post(new WatchedStopped(this));
                break;
            case Watch watch:
                AddWatcher(watch.Watcher);
                break;
            case Unwatch unwatch:
                RemoveWatcher(unwatch.Watcher);
                break;
            case WatchedStopped when _state == CellState.Failed:
                _deferred.Add(message);
                break;
            case WatchedStopped stopped when _state == CellState.Running && _watched.Remove(stopped.Actor):
                await _actor!.TerminatedAsync(stopped.Actor.Ref).ConfigureAwait(false);
                break;
        }
    }

    private async ValueTask StartInstanceAsync()
    {
        _actor = _props.Create(_context);
        BecomeInitial();
        await _actor.StartAsync().ConfigureAwait(false);
        _failure = null;
        _state = CellState.Running;
    }

    private async ValueTask RestartAsync()
    {
        _backOffTimer?.Dispose();
        await ReleaseInstanceAsync().ConfigureAwait(false);
        RestartHeldChildren();
        Stash.UnstashAll();
        await StartInstanceAsync().ConfigureAwait(false);
        foreach (var message in _deferred)
        {
            Post(message);
        }

        _deferred.Clear();
    }

    private async ValueTask BeginStopAsync()
    {
        _state = CellState.Stopping;
        _backOffTimer?.Dispose();
        Timers.CancelAll();
        if (CloseChildren())
        {
            await FinishStopAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask FinishStopAsync()
    {
        await ReleaseInstanceAsync().ConfigureAwait(false);
        _state = CellState.Terminated;
        Stash.UnstashAll();
        while (Stash.TryTake(out var message) || _mailbox.TryTake(out message))
        {
            Bury(message, DeadLetterReason.Stopped);
        }

        AnnounceTermination();
    }

    private async ValueTask ReleaseInstanceAsync()
    {
        var released = _actor;
        _actor = null;
        if (released is null)
        {
            return;
        }

        try
        {
            await released.StopAsync(_failure).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            System.Log.FailedWhileStopping(exception, Path);
        }
    }

    private void Bury(TMessage message, DeadLetterReason reason) => System.DeadLetters.Add(Path, message, reason);
}
