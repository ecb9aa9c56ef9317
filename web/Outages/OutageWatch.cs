using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunke.Actors.Lessons;
using Xunke.Web.Changes;
using Xunke.Web.Health;
using Xunke.Web.Hosting.Work;

namespace Xunke.Web.Outages;

/// <summary>
/// Looks every few seconds whether the database can be written, and how many lessons wait for it, so that pages can say so instead of
/// letting each person find out. Most looks write nothing; once a minute, and while it is out, a row is written: a disk that is full
/// gives a turn to write as well.
/// </summary>
internal sealed class OutageWatch(
    DatabaseCheck database, LessonSpools spools, ChangeBoard changes, WorkGuard guard, TimeProvider time)
    : PeriodicWork("outages", TimeSpan.FromSeconds(5), guard, time)
{
    private const int LooksPerWrite = 12;
    private static readonly HealthCheckContext Asked = new();

    private int _looks;
    private int _failures;

    /// <summary>Since when it cannot be written; null while it can.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>Lessons that have ended and are not on record yet.</summary>
    public int WaitingLessons { get; private set; }

    /// <inheritdoc />
    protected override async Task PassAsync(CancellationToken cancellationToken)
    {
        bool writes = Since is not null || _failures > 0 || _looks++ % LooksPerWrite == 0;
        HealthStatus status =
            (await (writes ? database.CheckHealthAsync(Asked, cancellationToken) : database.TouchAsync(cancellationToken))).Status;
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
