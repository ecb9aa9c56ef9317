using Xunke.Actors.Audit;
using Xunke.Actors.Visits;
using Xunke.Web.Hosting;
using Xunke.Web.Hosting.Work;

namespace Xunke.Web.Visits;

/// <summary>
/// At a stop it ends every visit; at a start it closes what a crash left open, as of the last sign of life that it keeps in
/// the data directory.
/// </summary>
internal sealed partial class VisitRecovery(
    OpenVisits open,
    VisitRecords records,
    MonitoringHost monitoring,
    DataDirectory data,
    WorkGuard guard,
    TimeProvider time,
    ILogger<VisitRecovery> log) : PeriodicWork("visits", TimeSpan.FromSeconds(5), guard, time)
{
    private DateTimeOffset? _lastAlive;

    private string AliveFile => data.Combine("last-alive");

    /// <inheritdoc />
    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        // Read once: from the first pass on the file says that this server is alive.
        _lastAlive ??= File.Exists(AliveFile) ? File.GetLastWriteTimeUtc(AliveFile) : Time.GetUtcNow();
        int left = await records.CloseLeftOpenAsync(
            [.. open.AndBeginning.Select(visit => visit.Visit.Id)], LeftBefore, _lastAlive.Value);
        if (left > 0)
        {
            LogLeftOpen(left, _lastAlive.Value);
        }
    }

    /// <inheritdoc />
    protected override Task PassAsync(CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(AliveFile, string.Empty, cancellationToken);

    /// <inheritdoc />
    protected override Task FinishAsync(CancellationToken cancellationToken) => Each.DoAsync(
        open.AndBeginning, visit =>
            monitoring.Running.EndVisitAsync(visit, new EndVisit(AuditEntry.System, Insists: true)), cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} visits had been left open; they are closed as of {LastAlive:u}")]
    private partial void LogLeftOpen(int count, DateTimeOffset lastAlive);
}
