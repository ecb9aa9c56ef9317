using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Persistence;
using Xunke.Streaming.Recording;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;

namespace Xunke.Web.Recordings;

/// <summary>
/// Ends recordings at their time, keeps them within the budget, the days and the disk, and at a start goes on with those
/// that the end of the server interrupted.
/// </summary>
internal sealed partial class RecordingSweeper(
    IDbContextFactory<RecordsContext> records,
    ActiveRecordings active,
    RecordingKeeper keeper,
    RecordingFolders folders,
    RecordingStorage storage,
    AuditTrail audit,
    IOptions<RecordingSettings> settings,
    TimeProvider time,
    ILogger<RecordingSweeper> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ContinueAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await keeper.EndAllAsync(record => record.VisitId is not null, AuditTrail.System, RecordingFaults.Interrupted, cancellationToken);
        await NoteProgressAsync(cancellationToken);
        await keeper.SuspendAllAsync();
    }

    /// <summary>Does what is due.</summary>
    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        await keeper.EndAllAsync(record => record.Until <= now, AuditTrail.System, fault: null, cancellationToken);
        foreach (ActiveRecording recording in active.All.Where(one => one.Room.Status.HasFailed).ToList())
        {
            await keeper.EndAsync(recording, AuditTrail.System, fault: null, cancellationToken);
        }

        StorageState state = await storage.MeasureAsync(cancellationToken);
        if (state.Level == StorageLevel.Full)
        {
            await keeper.EndAllAsync(_ => true, AuditTrail.System, RecordingFaults.DiskFull, cancellationToken);
        }

        await NoteProgressAsync(cancellationToken);
        // Last, so that a file that cannot be deleted keeps nothing else from being done.
        await DeleteOldAsync(now, cancellationToken);
        await DeleteForBudgetAsync(await storage.MeasureAsync(cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                await TrySweepAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task TrySweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SweepAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Least of all a disk in trouble may end the guard against it.
            LogFault(fault);
        }
    }

    private async Task DeleteOldAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (settings.Value.RetentionDays == 0)
        {
            return;
        }

        DateTimeOffset limit = now.AddDays(-settings.Value.RetentionDays);
        foreach (Recording record in await FindFinishedAsync(found => found.Where(one => one.From < limit), cancellationToken))
        {
            await keeper.DeleteAsync(record, AuditTrail.System, "recording.expired", cancellationToken);
        }
    }

    private async Task DeleteForBudgetAsync(StorageState state, CancellationToken cancellationToken)
    {
        while (state.Bytes > state.BudgetBytes
            && await FindFinishedAsync(found => found.Take(1), cancellationToken) is [Recording oldest])
        {
            LogBudget(oldest.Id, oldest.RoomId, oldest.Bytes, state.Bytes, state.BudgetBytes);
            await keeper.DeleteAsync(oldest, AuditTrail.System, "recording.deleted-for-budget", cancellationToken);
            state = await storage.MeasureAsync(cancellationToken);
        }
    }

    private async Task<List<Recording>> FindFinishedAsync(
        Func<IQueryable<Recording>, IQueryable<Recording>> which, CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        return await which(context.Recordings.AsNoTracking().Where(record => record.To != null).OrderBy(record => record.From))
            .ToListAsync(cancellationToken);
    }

    /// <summary>A crash must not take with it what was found wrong before it.</summary>
    private async Task NoteProgressAsync(CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        foreach (ActiveRecording recording in active.All)
        {
            RecordingStatus status = recording.Room.Status;
            if (await context.Recordings.SingleOrDefaultAsync(one => one.Id == recording.Record.Id && one.To == null, cancellationToken) is { } record)
            {
                record.LengthMilliseconds = (long)status.Length.TotalMilliseconds;
                record.Bytes = status.Bytes;
                record.Faults = [.. status.Faults];
            }
        }

        await context.SaveChangesAsync(cancellationToken);
    }

    private async Task ContinueAsync(CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        foreach (Recording record in await context.Recordings.Where(one => one.To == null).OrderBy(one => one.From).ToListAsync(cancellationToken))
        {
            EarlierParts earlier = Repair(record);
            // A visit ends with the server, and its recording with the visit.
            if (record.VisitId is null && record.Until > now && settings.Value.Lessons && active.TryReserve(record.RoomId))
            {
                await keeper.ResumeAsync(record, earlier, cancellationToken);
                LogResumed(record.Id, record.RoomId, earlier.Parts.Length);
                continue;
            }

            record.Parts.AddRange(earlier.Parts.Select(part => RecordingKeeper.Store(part.Number, part.Offset, part.File)));
            record.LengthMilliseconds = (long)earlier.Length.TotalMilliseconds;
            record.Bytes = record.Parts.Sum(part => part.Bytes);
            record.To = record.From + earlier.Length;
            record.Faults = [.. earlier.Faults, .. record.Parts.Count == 0 ? [RecordingFaults.NoPicture] : Array.Empty<string>()];
            await context.SaveChangesAsync(cancellationToken);
            await audit.AppendAsync(AuditTrail.System, "recording.repaired-at-start", RecordingKeeper.Subject(record), cancellationToken);
            LogRepaired(record.Id, record.RoomId, record.Parts.Count);
        }
    }

    private EarlierParts Repair(Recording record)
    {
        IReadOnlyList<int> numbers = folders.Parts(record.Id);
        return new EarlierParts(
            record.From,
            numbers.LastOrDefault(),
            [.. numbers.Select(number => Repair(record, number)).OfType<RecordedPart>()],
            [.. record.Faults.Append(RecordingFaults.Interrupted).Distinct()]);
    }

    private RecordedPart? Repair(Recording record, int number)
    {
        string path = folders.Of(record.Id, number);
        try
        {
            if (RecordingRepair.Complete(path) is { } file)
            {
                TimeSpan offset = file.StartedAt - record.From;
                return new RecordedPart(number, offset > TimeSpan.Zero ? offset : TimeSpan.Zero, file);
            }

            File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogUnrepaired(fault, path);
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Sweeping the recordings failed; it goes on in a moment")]
    private partial void LogFault(Exception fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "Recording {RecordingId} of room {RoomId} ({Size} bytes) is deleted: recordings take {Bytes} of {Budget} bytes")]
    private partial void LogBudget(Guid recordingId, string roomId, long size, long bytes, long budget);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Recording {RecordingId} of room {RoomId} was interrupted; {Parts} parts of it were completed")]
    private partial void LogRepaired(Guid recordingId, string roomId, int parts);

    [LoggerMessage(Level = LogLevel.Information, Message = "Recording {RecordingId} of room {RoomId} goes on after {Parts} parts that were made before the server was restarted")]
    private partial void LogResumed(Guid recordingId, string roomId, int parts);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} cannot be completed")]
    private partial void LogUnrepaired(Exception fault, string path);
}
