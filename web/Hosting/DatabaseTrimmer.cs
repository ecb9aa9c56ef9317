using Xunke.Actors.Persistence;

namespace Xunke.Web.Hosting;

/// <summary>
/// Gives the space of deleted rows back to the disk, a megabyte at a time with a pause after each, so that nobody waits for
/// it, and empties the write-ahead log, which would keep their bytes.
/// </summary>
internal sealed partial class DatabaseTrimmer(DataDirectory data, TimeProvider time, ILogger<DatabaseTrimmer> log) : BackgroundService
{
    private const int PagesAtOnce = 256;
    private const int MostStepsAPass = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestLog = TimeSpan.FromMinutes(1);

    private long _emptiedAt = time.GetTimestamp();
    private bool _mustEmpty;

    private string Path => data.Combine(DatabaseFeature.FileName);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryTrimAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task TryTrimAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TrimAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // A busy or full disk: later is soon enough.
            LogFault(fault);
        }
    }

    private async Task TrimAsync(CancellationToken cancellationToken)
    {
        for (int step = 0; step < MostStepsAPass; step++)
        {
            (long freed, long left) = await SqliteFile.ShrinkAsync(Path, PagesAtOnce, cancellationToken);
            _mustEmpty |= freed > 0;
            if (freed <= 0 || left == 0)
            {
                break;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }

        if (_mustEmpty || time.GetElapsedTime(_emptiedAt) >= LongestLog)
        {
            _mustEmpty = !await SqliteFile.EmptyLogAsync(Path, cancellationToken);
            _emptiedAt = time.GetTimestamp();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database's file cannot be trimmed for now")]
    private partial void LogFault(Exception fault);
}
