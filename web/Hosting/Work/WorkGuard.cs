using System.Collections.Concurrent;

namespace Xunke.Web.Hosting.Work;

/// <summary>How a piece of the server's own work fares.</summary>
/// <param name="Work">Its name, such as <c>retention.run</c>.</param>
/// <param name="FailingSince">When it last began to fail; null while it succeeds.</param>
/// <param name="Failures">How often it has failed since the start of the server.</param>
internal sealed record WorkState(string Work, DateTimeOffset? FailingSince, long Failures);

/// <summary>
/// Runs the work that no request asked for. Whatever it throws costs that piece only: it is logged, told by
/// <c>/health/ready</c> and <c>/metrics</c>, and tried again by its caller.
/// </summary>
internal partial class WorkGuard(TimeProvider time, ILogger<WorkGuard> log)
{
    // A fault that lasts is told again so often, not with every attempt.
    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Tally> _works = new(StringComparer.Ordinal);

    /// <summary>Every piece of work that has run so far.</summary>
    public IReadOnlyList<WorkState> All =>
        [.. _works.OrderBy(work => work.Key, StringComparer.Ordinal).Select(work => work.Value.Read(work.Key))];

    /// <summary>Those that failed at their last attempt.</summary>
    public IReadOnlyList<WorkState> Failing => [.. All.Where(state => state.FailingSince is not null)];

    /// <summary>Runs a piece of work.</summary>
    /// <param name="work">Its name.</param>
    /// <param name="run">The work.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it succeeded.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled. A cancellation by anything else is a failure.</exception>
    public virtual async Task<bool> TryAsync(string work, Func<CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        try
        {
            await run(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception fault)
        {
            Failed(work, fault);
            return false;
        }

        Succeeded(work);
        return true;
    }

    /// <summary>Notes a failure that was caught elsewhere.</summary>
    public void Failed(string work, Exception fault)
    {
        Tally tally = _works.GetOrAdd(work, static _ => new Tally());
        if (tally.Failed(time.GetUtcNow(), time.GetTimestamp(), time, Reminder, out long failures))
        {
            LogFailed(fault, work, failures);
        }
    }

    private void Succeeded(string work)
    {
        if (_works.GetOrAdd(work, static _ => new Tally()).Succeeded())
        {
            LogMended(work);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Work} failed and is tried again (failure {Failures} since the start)")]
    private partial void LogFailed(Exception fault, string work, long failures);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Work} works again")]
    private partial void LogMended(string work);

    private sealed class Tally
    {
        private readonly Lock _gate = new();
        private DateTimeOffset? _since;
        private long _failures;
        private long _toldAt;

        public WorkState Read(string work)
        {
            lock (_gate)
            {
                return new WorkState(work, _since, _failures);
            }
        }

        /// <returns>Whether to tell.</returns>
        public bool Failed(DateTimeOffset now, long timestamp, TimeProvider time, TimeSpan reminder, out long failures)
        {
            lock (_gate)
            {
                failures = ++_failures;
                bool tell = _since is null || time.GetElapsedTime(_toldAt, timestamp) >= reminder;
                _since ??= now;
                _toldAt = tell ? timestamp : _toldAt;
                return tell;
            }
        }

        /// <returns>Whether it had failed before.</returns>
        public bool Succeeded()
        {
            lock (_gate)
            {
                bool failed = _since is not null;
                _since = null;
                return failed;
            }
        }
    }
}
