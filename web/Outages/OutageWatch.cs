using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunke.Actors.Lessons;
using Xunke.Web.Changes;
using Xunke.Web.Health;
using Xunke.Web.Hosting.Work;

namespace Xunke.Web.Outages;

/// <summary>
/// Looks every few seconds whether the database can be written, and how many lessons wait for it, so that pages can say so instead of
/// letting each person find out.
/// </summary>
internal sealed class OutageWatch(
    DatabaseCheck database, LessonSpools spools, ChangeBoard changes, WorkGuard guard, TimeProvider time)
    : PeriodicWork("outages", TimeSpan.FromSeconds(5), guard, time)
{
    private static readonly HealthCheckContext Asked = new();

    private int _failures;

    /// <summary>Since when it cannot be written; null while it can.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>Lessons that have ended and are not on record yet.</summary>
    public int WaitingLessons { get; private set; }

    /// <inheritdoc />
    protected override async Task PassAsync(CancellationToken cancellationToken)
    {
        HealthStatus status = (await database.CheckHealthAsync(Asked, cancellationToken)).Status;
        _failures = status is HealthStatus.Healthy ? 0 : _failures + 1;

        // Somebody who holds it for a moment is no outage.
        bool isOut = status is HealthStatus.Unhealthy || _failures > 1;
        (DateTimeOffset? since, int waiting) = (isOut ? Since ?? Time.GetUtcNow() : null, spools.Waiting);
        if ((since, waiting) != (Since, WaitingLessons))
        {
            (Since, WaitingLessons) = (since, waiting);
            changes.Raise(Topic.Outage);
        }
    }
}
