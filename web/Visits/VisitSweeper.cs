using Microsoft.Extensions.Options;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Hosting.Work;
using Xunke.Web.Media;

namespace Xunke.Web.Visits;

/// <summary>
/// Ends the visits of browsers that went away without a word. At a stop it ends every visit; at a start it closes what
/// a crash left open, as of the last sign of life that it kept in the data directory.
/// </summary>
internal sealed class VisitSweeper(
    OpenVisits open,
    VisitKeeper keeper,
    MediaSessions sessions,
    DataDirectory data,
    IOptions<LiveSettings> settings,
    WorkGuard guard,
    TimeProvider time) : PeriodicWork("visits", TimeSpan.FromSeconds(5), guard, time)
{
    private DateTimeOffset? _lastAlive;

    private string AliveFile => data.Combine("last-alive");

    /// <inheritdoc />
    protected override Task PrepareAsync(CancellationToken cancellationToken)
    {
        // Read once: from the first pass on the file says that this server is alive.
        _lastAlive ??= File.Exists(AliveFile) ? File.GetLastWriteTimeUtc(AliveFile) : Time.GetUtcNow();
        return keeper.CloseLeftOpenAsync(LeftBefore, _lastAlive.Value);
    }

    /// <inheritdoc />
    protected override async Task PassAsync(CancellationToken cancellationToken)
    {
        await Guard.TryAsync("visits.last-alive", token => File.WriteAllTextAsync(AliveFile, string.Empty, token), cancellationToken);
        await Each.DoAsync(
            open.FindAbandoned(sessions.VisitsWithViewers(), TimeSpan.FromSeconds(settings.Value.VisitGraceSeconds)),
            visitId => keeper.EndAsync(visitId, AuditTrail.System),
            cancellationToken);
    }

    /// <inheritdoc />
    protected override Task FinishAsync(CancellationToken cancellationToken) =>
        Each.DoAsync(open.All(), visitId => keeper.EndAsync(visitId, AuditTrail.System), cancellationToken);
}
