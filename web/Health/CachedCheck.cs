using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Xunke.Web.Health;

/// <summary>
/// A check that costs something: it is made once in <see cref="Lifetime"/>, however often and by how many it is asked for. Anybody may
/// ask, so the work is bounded here.
/// </summary>
internal abstract class CachedCheck(TimeProvider time) : IHealthCheck
{
    /// <summary>For how long an answer holds.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private Task<HealthCheckResult>? _last;
    private long _lastAt;

    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_last is null || (_last.IsCompleted && time.GetElapsedTime(_lastAt) >= Lifetime))
            {
                // Without the caller's token: the answer is for the others as well.
                _last = Task.Run(CheckAsync, CancellationToken.None);
                _lastAt = time.GetTimestamp();
            }

            return _last.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Makes the check.</summary>
    protected abstract Task<HealthCheckResult> CheckAsync();
}
