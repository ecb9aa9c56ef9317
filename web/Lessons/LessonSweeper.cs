using Xunke.Actors.Lessons;
using Xunke.Web.Hosting;
using Xunke.Web.Hosting.Work;

namespace Xunke.Web.Lessons;

/// <summary>
/// What is no single room's: lessons that nobody goes on with after a start, and their last save at a stop.
/// </summary>
internal sealed class LessonSweeper(
    LessonRecords kept,
    LessonSpools spools,
    MonitoringHost monitoring,
    WorkGuard guard,
    TimeProvider time) : PeriodicWork("lessons", Timeout.InfiniteTimeSpan, guard, time)
{
    /// <inheritdoc />
    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await spools.PutOrphansOnRecordAsync(monitoring.Running.HasRoom, kept);
        await kept.EndAllButAsync(spools.Found, LeftBefore, cancellationToken);
    }

    /// <inheritdoc />
    protected override Task FinishAsync(CancellationToken cancellationToken) => monitoring.Running.SuspendLessonsAsync(cancellationToken);
}
