using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Event;

namespace Xunke.Actors.Messaging;

/// <summary>
/// Restarts whatever failed, for ever, after a wait that doubles: a camera that breaks its room today may be mended
/// tomorrow. Akka holds a failed actor's mailbox until its supervisor has decided, so the messages wait there, within
/// their bound. The message that failed is not repeated.
/// </summary>
internal sealed class BackOff() : OneForOneStrategy(static _ => Directive.Restart, loggingEnabled: false)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>A stretch of this length without failure clears the count.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    // Only touched in the supervisor's turn.
    private readonly Dictionary<IActorRef, (int Failures, TimeSpan Last)> _failures = [];

    public override void ProcessFailure(
        IActorContext context, bool restart, IActorRef child, Exception cause, ChildRestartStats stats,
        IReadOnlyCollection<ChildRestartStats> children)
    {
        var scheduler = context.System.Scheduler;
        var wait = Next(child, scheduler.MonotonicClock);
        scheduler.Advanced.ScheduleOnce(wait, () => RestartChild(child, cause, suspendFirst: false));
        context.System.EventStream.Publish(new Warning(
            cause, child.Path.ToStringWithoutAddress(), typeof(BackOff), $"failed and restarts in {wait.TotalMilliseconds:0} ms"));
    }

    public override void HandleChildTerminated(IActorContext actorContext, IActorRef child, IEnumerable<IInternalActorRef> children) =>
        _failures.Remove(child);

    private TimeSpan Next(IActorRef child, TimeSpan now)
    {
        var failures = _failures.TryGetValue(child, out var before) && now - before.Last <= Quiet ? before.Failures + 1 : 1;
        _failures[child] = (failures, now);
        var wait = First * Math.Pow(2, Math.Min(failures - 1, 30));
        return wait < Longest ? wait : Longest;
    }
}
