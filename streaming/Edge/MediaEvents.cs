namespace Xunke.Streaming.Edge;

/// <summary>
/// Events on their way to the observers. They are queued with the media plane's lock held and delivered without it.
/// Each session causes two at most, so the queue is bounded by the session limit.
/// </summary>
internal sealed class MediaEvents(Action<Exception> onFault)
{
    private readonly Lock _gate = new();
    private readonly Lock _delivery = new();
    private readonly Queue<Action<IMediaObserver>> _queue = [];
    private volatile IMediaObserver[] _observers = [];

    public IDisposable Observe(IMediaObserver observer)
    {
        lock (_gate)
        {
            _observers = [.. _observers, observer];
        }

        return new Subscription(this, observer);
    }

    public void Add(Action<IMediaObserver> notify)
    {
        lock (_gate)
        {
            _queue.Enqueue(notify);
        }
    }

    /// <summary>Delivers what is queued, in order; a second caller waits for the first.</summary>
    public void Deliver()
    {
        lock (_delivery)
        {
            while (TryTake() is { } notify)
            {
                foreach (var observer in _observers)
                {
                    try
                    {
                        notify(observer);
                    }
                    catch (Exception exception)
                    {
                        // One observer's bug must not keep the news from the others.
                        onFault(exception);
                    }
                }
            }
        }
    }

    private Action<IMediaObserver>? TryTake()
    {
        lock (_gate)
        {
            return _queue.TryDequeue(out var notify) ? notify : null;
        }
    }

    private sealed class Subscription(MediaEvents owner, IMediaObserver observer) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._gate)
            {
                owner._observers = [.. owner._observers.Where(other => other != observer)];
            }
        }
    }
}
