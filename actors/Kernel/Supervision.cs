namespace Xunke.Actors.Kernel;

/// <summary>What becomes of an actor that failed.</summary>
public enum Directive
{
    /// <summary>A fresh instance takes over the mailbox after a back-off; the message that failed is not repeated.</summary>
    Restart,

    /// <summary>It stops for good, and its children with it.</summary>
    Stop,

    /// <summary>Its parent fails with the same exception. The child is held, and restarts when the parent does.</summary>
    Escalate,
}

/// <summary>
/// What happens when an actor fails. A restart leaves its healthy children alone: they are found again by name through
/// <see cref="ActorContext{TMessage}.Child{TChild}"/>.
/// </summary>
/// <param name="Decide">The directive for an exception.</param>
/// <param name="FirstBackOff">Wait before the first restart; doubled for each further one. Zero restarts at once.</param>
/// <param name="LongestBackOff">The wait never grows beyond this.</param>
/// <param name="MaxRestarts">One more failure than this within <paramref name="Within"/> escalates.</param>
/// <param name="Within">A stretch of this length without failure clears the count and the back-off.</param>
public sealed record SupervisionStrategy(
    Func<Exception, Directive> Decide, TimeSpan FirstBackOff, TimeSpan LongestBackOff, int MaxRestarts, TimeSpan Within)
{
    /// <summary>Restart, after 100 ms at first and 10 s at most; an 11th failure without a quiet minute escalates.</summary>
    public static SupervisionStrategy Default { get; } =
        Restarting(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10), 10, TimeSpan.FromMinutes(1));

    /// <summary>Stop on any failure.</summary>
    public static SupervisionStrategy Stopping { get; } = Default with { Decide = _ => Directive.Stop };

    /// <summary>Every failure is the parent's.</summary>
    public static SupervisionStrategy Escalating { get; } = Default with { Decide = _ => Directive.Escalate };

    /// <summary>Restart on any failure.</summary>
    public static SupervisionStrategy Restarting(TimeSpan firstBackOff, TimeSpan longestBackOff, int maxRestarts, TimeSpan within) =>
        new(_ => Directive.Restart, firstBackOff, longestBackOff, maxRestarts, within);

    /// <summary>The wait before a restart.</summary>
    /// <param name="failures">Failures so far without a quiet stretch, at least 1.</param>
    internal TimeSpan BackOff(int failures)
    {
        var factor = Math.Pow(2, Math.Min(failures - 1, 30));
        return TimeSpan.FromTicks((long)Math.Min(FirstBackOff.Ticks * factor, LongestBackOff.Ticks));
    }
}

/// <summary>One actor's failures, counted against its strategy.</summary>
internal struct FailureCount
{
    private int _failures;
    private long _last;

    /// <summary>Counts a failure and says what to do about it.</summary>
    public Directive Add(SupervisionStrategy strategy, Exception failure, TimeProvider time, out TimeSpan backOff)
    {
        var now = time.GetTimestamp();
        _failures = _failures > 0 && time.GetElapsedTime(_last, now) <= strategy.Within ? _failures + 1 : 1;
        _last = now;
        backOff = strategy.BackOff(_failures);
        var directive = strategy.Decide(failure);
        return directive == Directive.Restart && _failures > strategy.MaxRestarts ? Directive.Escalate : directive;
    }

    /// <summary>Starts afresh, as a parent's restart has cleared the air.</summary>
    public void Clear() => _failures = 0;
}
