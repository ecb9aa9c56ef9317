using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Xunke.Actors.Hosting;

/// <summary>
/// Akka's scheduler on a <see cref="TimeProvider"/>: tests move its clock, and no thread ticks while nothing is due. Akka
/// makes it by its name, so the clock is set afterwards.
/// </summary>
internal sealed class TimeProviderScheduler(Config config, ILoggingAdapter log) : SchedulerBase(config, log)
{
    private readonly ILoggingAdapter _log = log;

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public override TimeSpan MonotonicClock => Time.GetElapsedTime(0);

    public override TimeSpan HighResMonotonicClock => MonotonicClock;

    protected override DateTimeOffset TimeNow => Time.GetUtcNow();

    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Start(delay, Timeout.InfiniteTimeSpan, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Start(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Start(delay, Timeout.InfiniteTimeSpan, action, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) =>
        Start(delay, Timeout.InfiniteTimeSpan, action.Run, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Start(initialDelay, interval, action, cancelable);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        Start(initialDelay, interval, action.Run, cancelable);

    private void Start(TimeSpan delay, TimeSpan interval, Action action, ICancelable? cancelable)
    {
        var timer = Time.CreateTimer(_ => Run(action, cancelable), null, delay, interval);
        cancelable?.Token.UnsafeRegister(static timer => ((ITimer)timer!).Dispose(), timer);
    }

    private void Run(Action action, ICancelable? cancelable)
    {
        try
        {
            if (cancelable is not { IsCancellationRequested: true })
            {
                action();
            }
        }
        catch (Exception failure)
        {
            // On the timer's thread it would end the process.
            _log.Error(failure, "A scheduled action failed");
        }
    }
}
