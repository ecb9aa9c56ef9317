namespace Xunke.Actors.Kernel;

/// <summary>One timer, and at the same time the message that says that it fired.</summary>
internal sealed class ActorTimer<TMessage> : SystemMessage, IDisposable
    where TMessage : notnull
{
    private readonly ActorCell<TMessage> _cell;
    private readonly ITimer _timer;
    private int _waiting;

    public ActorTimer(ActorCell<TMessage> cell, object key, TMessage message, TimeSpan delay, TimeSpan interval)
    {
        _cell = cell;
        Key = key;
        Message = message;
        IsSingle = interval == Timeout.InfiniteTimeSpan;
        _timer = cell.System.Time.CreateTimer(static self => ((ActorTimer<TMessage>)self!).Fire(), this, delay, interval);
    }

    public object Key { get; }

    public TMessage Message { get; }

    public bool IsSingle { get; }

    public void Taken() => Volatile.Write(ref _waiting, 0);

    public void Dispose() => _timer.Dispose();

    private void Fire()
    {
        if (Interlocked.Exchange(ref _waiting, 1) == 0)
        {
            _cell.Post(this);
        }
    }
}
