namespace Xunke.Actors.Kernel;

/// <summary>
/// An actor's timers, on the system's <see cref="TimeProvider"/>. Their messages come before those of the mailbox; all
/// are cancelled when the actor fails or stops, and a cancelled one is never delivered, not even one that had fired.
/// For use in the actor's own turn only.
/// </summary>
/// <typeparam name="TMessage">What the actor understands.</typeparam>
public sealed class ActorTimers<TMessage>
    where TMessage : notnull
{
    private readonly ActorCell<TMessage> _cell;
    private readonly Dictionary<object, ActorTimer<TMessage>> _timers = [];

    internal ActorTimers(ActorCell<TMessage> cell) => _cell = cell;

    /// <summary>Tells the actor a message once. Replaces the timer of that key.</summary>
    public void StartSingle(object key, TMessage message, TimeSpan delay) => Start(key, message, delay, Timeout.InfiniteTimeSpan);

    /// <summary>
    /// Tells the actor a message again and again, first after one interval. Replaces the timer of that key. An actor that
    /// is late gets one message for all the beats that it missed.
    /// </summary>
    public void StartPeriodic(object key, TMessage message, TimeSpan interval) => Start(key, message, interval, interval);

    /// <summary>Cancels the timer of a key.</summary>
    /// <returns>False where there was none.</returns>
    public bool Cancel(object key)
    {
        if (!_timers.Remove(key, out var timer))
        {
            return false;
        }

        timer.Dispose();
        return true;
    }

    /// <summary>Cancels them all.</summary>
    public void CancelAll()
    {
        foreach (var timer in _timers.Values)
        {
            timer.Dispose();
        }

        _timers.Clear();
    }

    /// <summary>Whether a timer that has fired is still wanted.</summary>
    internal bool Take(ActorTimer<TMessage> timer)
    {
        timer.Taken();
        if (!_timers.TryGetValue(timer.Key, out var current) || current != timer)
        {
            return false;
        }

        if (timer.IsSingle)
        {
            Cancel(timer.Key);
        }

        return true;
    }

    private void Start(object key, TMessage message, TimeSpan delay, TimeSpan interval)
    {
        Cancel(key);
        _timers[key] = new ActorTimer<TMessage>(_cell, key, message, delay, interval);
    }
}
