using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Web.Configuration;

namespace Xunke.Web.Recordings;

/// <summary>How much room there is for recordings.</summary>
internal enum StorageLevel
{
    /// <summary>Enough.</summary>
    Ok,

    /// <summary>Recording goes on, but somebody must see to it.</summary>
    Low,

    /// <summary>Nothing is recorded.</summary>
    Full,
}

/// <summary>The recordings' share of the disk.</summary>
/// <param name="Level">How much room there is.</param>
/// <param name="Bytes">What recordings take.</param>
/// <param name="BudgetBytes">What they may take; the oldest go first.</param>
/// <param name="FreeBytes">What is free on their disk.</param>
/// <param name="AlertFreeBytes">Below this the level is low.</param>
/// <param name="StopFreeBytes">Below this it is full.</param>
internal sealed record StorageState(
    StorageLevel Level, long Bytes, long BudgetBytes, long FreeBytes, long AlertFreeBytes, long StopFreeBytes);

/// <summary>Measures what recordings take and what is left for them.</summary>
internal sealed partial class RecordingStorage(
    IDbContextFactory<RecordsContext> records, ActiveRecordings active, RecordingFolders folders, IOptions<RecordingSettings> settings,
    ILogger<RecordingStorage> log)
{
    private const double Gigabyte = 1e9;

    private StorageLevel _last;

    /// <summary>What recordings may take.</summary>
    public long Budget => Bytes(settings.Value.BudgetGigabytes);

    /// <summary>How it is now.</summary>
    public async Task<StorageState> MeasureAsync(CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        long kept = await context.Recordings.Where(recording => recording.To != null)
            .SumAsync(recording => recording.Bytes, cancellationToken);
        long bytes = kept + active.All.Sum(one => one.Room.Status.Bytes);
        long free = folders.FreeBytes;
        long alert = Bytes(settings.Value.AlertFreeGigabytes);
        long stop = Bytes(settings.Value.StopFreeGigabytes);
        // The oldest are deleted for the budget; what is still above it is being written now.
        StorageLevel level = free < stop ? StorageLevel.Full : free < alert || bytes > Budget ? StorageLevel.Low : StorageLevel.Ok;
        if (Interlocked.Exchange(ref _last, level) != level)
        {
            Tell(level, free, bytes);
        }

        return new StorageState(level, bytes, Budget, free, alert, stop);
    }

    private static long Bytes(double gigabytes) => (long)(gigabytes * Gigabyte);

    private void Tell(StorageLevel level, long free, long bytes)
    {
        if (level == StorageLevel.Ok)
        {
            LogEnough(free, bytes);
        }
        else
        {
            LogScarce(level, folders.Root, free, bytes);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information, Message = "There is room for recordings again: {Free} bytes are free, recordings take {Bytes}")]
    private partial void LogEnough(long free, long bytes);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The room for recordings is {Level}: {Free} bytes are free at {Directory}, recordings take {Bytes}")]
    private partial void LogScarce(StorageLevel level, string directory, long free, long bytes);
}
