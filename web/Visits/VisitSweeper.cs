using Microsoft.Extensions.Options;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Media;

namespace Xunke.Web.Visits;

/// <summary>
/// Ends the visits of browsers that went away without a word. At a stop it ends every visit; at a start it closes what
/// a crash left open, as of the last sign of life that it kept in the data directory.
/// </summary>
internal sealed partial class VisitSweeper(
    OpenVisits open,
    VisitKeeper keeper,
    MediaSessions sessions,
    DataDirectory data,
    IOptions<LiveSettings> settings,
    TimeProvider time,
    ILogger<VisitSweeper> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private string AliveFile => data.Combine("last-alive");

    /// <inheritdoc />
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset lastAlive = File.Exists(AliveFile) ? File.GetLastWriteTimeUtc(AliveFile) : time.GetUtcNow();
        await keeper.CloseLeftOpenAsync(lastAlive);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (Guid visitId in open.All())
        {
            await keeper.EndAsync(visitId, AuditTrail.System);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                await SweepAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllTextAsync(AliveFile, string.Empty, cancellationToken);
            foreach (Guid visitId in open.FindAbandoned(sessions.VisitsWithViewers(), TimeSpan.FromSeconds(settings.Value.VisitGraceSeconds)))
            {
                await keeper.EndAsync(visitId, AuditTrail.System);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // A full disk must not end the sweeping for good.
            LogFault(fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Sweeping the visits failed; it goes on in a moment")]
    private partial void LogFault(Exception fault);
}
