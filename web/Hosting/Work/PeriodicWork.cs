namespace Xunke.Web.Hosting.Work;

/// <summary>
/// The base of everything that the server does by itself. Nothing that it throws, at its start, in its passes or at its
/// end, reaches the host: the live view goes on, and what failed is tried again.
/// </summary>
/// <param name="name">How health, metrics and logs call it.</param>
/// <param name="interval">Time between two passes; infinite for work that only has a start.</param>
/// <param name="guard">Catches what goes wrong.</param>
/// <param name="time">The clock.</param>
internal abstract class PeriodicWork(string name, TimeSpan interval, WorkGuard guard, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);

    private readonly Attempts _start = new(time);
    private bool _prepared;

    /// <summary>Catches what goes wrong in a part of a pass, so that the other parts are done.</summary>
    protected WorkGuard Guard => guard;

    /// <summary>The clock.</summary>
    protected TimeProvider Time => time;

    /// <summary>
    /// What is open on record and began earlier than this was left by a server before this one. Everything was, until this
    /// one opens.
    /// </summary>
    protected DateTimeOffset LeftBefore { get; private set; } = DateTimeOffset.MaxValue;

    /// <inheritdoc />
    public sealed override async Task StartAsync(CancellationToken cancellationToken)
    {
        Configure();
        await TryPrepareAsync(cancellationToken);
        LeftBefore = time.GetUtcNow();
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    public sealed override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await guard.TryAsync($"{name}.stop", FinishAsync, cancellationToken);
        }
        catch (OperationCanceledException late)
        {
            // The host gives no more time. What was not done is done by the next start; it is no crash.
            guard.Failed($"{name}.stop", late);
        }
    }

    /// <summary>Takes the settings in; nothing else, because here alone a fault refuses the start.</summary>
    /// <exception cref="Configuration.StartupException">A setting is wrong.</exception>
    protected virtual void Configure()
    {
    }

    /// <summary>
    /// What must be done once. It is tried before the server opens; where it fails, the server opens all the same and it is
    /// tried again between the passes, so it must not touch what has begun since the start.
    /// </summary>
    protected virtual Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>One pass, within the interval of the last; later where that one failed.</summary>
    protected virtual Task PassAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What is done when the server stops, after the last pass.</summary>
    protected virtual Task FinishAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var passes = new Attempts(time);
        try
        {
            while (true)
            {
                if (!_prepared && _start.IsDue)
                {
                    await TryPrepareAsync(stoppingToken);
                }

                if (interval != Timeout.InfiniteTimeSpan && passes.IsDue)
                {
                    passes.Ended(await guard.TryAsync(name, PassAsync, stoppingToken), interval);
                }
                else if (interval == Timeout.InfiniteTimeSpan && _prepared)
                {
                    return;
                }

                TimeSpan wait = interval == Timeout.InfiniteTimeSpan ? _start.Left : _prepared
                    || passes.Left < _start.Left ? passes.Left : _start.Left;
                await Task.Delay(wait, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task TryPrepareAsync(CancellationToken cancellationToken)
    {
        _prepared = await guard.TryAsync($"{name}.start", PrepareAsync, cancellationToken);
        _start.Ended(_prepared, FirstRetry);
    }

    /// <summary>When to try next: after each failure in a row twice as late, up to <see cref="LongestRetry"/>.</summary>
    private sealed class Attempts(TimeProvider time)
    {
        private long _from = time.GetTimestamp();
        private TimeSpan _wait = TimeSpan.Zero;
        private int _failures;

        public bool IsDue => Left == TimeSpan.Zero;

        public TimeSpan Left => _wait - time.GetElapsedTime(_from) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

        public void Ended(bool succeeded, TimeSpan wait)
        {
            _failures = succeeded ? 0 : _failures + 1;
            TimeSpan longest = wait > LongestRetry ? wait : LongestRetry;
            TimeSpan backOff = wait * Math.Pow(2, Math.Clamp(_failures - 1, 0, 10));
            (_from, _wait) = (time.GetTimestamp(), backOff < longest ? backOff : longest);
        }
    }
}
