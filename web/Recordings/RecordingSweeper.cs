using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Messaging;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Streaming.Recording;
using Xunke.Web.Audit;
using Xunke.Web.Clock;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Hosting.Work;

namespace Xunke.Web.Recordings;

/// <summary>
/// Ends recordings at their time, keeps them within the budget and the disk, and at a start goes on with those that the end
/// of the server interrupted. What is too old goes at night; a full disk cannot wait for it.
/// </summary>
internal sealed partial class RecordingSweeper(
    IDbContextFactory<RecordsContext> records,
    ActiveRecordings active,
    RecordingRecords kept,
    RecordingRemover remover,
    MonitoringHost monitoring,
    RecordingFolders folders,
    RecordingStorage storage,
    RecordingNews news,
    AuditTrail audit,
    IOptions<RecordingSettings> settings,
    ClockWatch clock,
    WorkGuard guard,
    TimeProvider time,
    ILogger<RecordingSweeper> log) : PeriodicWork("recordings", TimeSpan.FromSeconds(5), guard, time)
{
    /// <summary>Does what is due, each by itself: least of all a disk in trouble may end the guard against it.</summary>
    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = Time.GetUtcNow();
        // First, and the files before the record: a full disk may hold the database too.
        await Guard.TryAsync("recordings.disk", GuardDiskAsync, cancellationToken);
        news.Compare(active.All);
        await Guard.TryAsync("recordings.end", token => EndDueAsync(now, token), cancellationToken);
        await Guard.TryAsync("recordings.progress", token => kept.NoteProgressAsync(active.All, token), cancellationToken);
        await Guard.TryAsync("recordings.files", remover.DeleteLeftFilesAsync, cancellationToken);
        if (clock.MayDelete)
        {
            await Guard.TryAsync("recordings.budget", DeleteForBudgetAsync, cancellationToken);
        }
    }

    /// <inheritdoc />
    protected override Task PrepareAsync(CancellationToken cancellationToken) => ContinueAsync(cancellationToken);

    /// <inheritdoc />
    protected override Task PassAsync(CancellationToken cancellationToken) => SweepAsync(cancellationToken);

    /// <inheritdoc />
    protected override async Task FinishAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Each.DoAsync(
                active.All.Where(recording => recording.Record.VisitId is not null),
                recording => AskAsync(recording, new EndRecording(
                    AuditTrail.System, RecordingFaults.Interrupted, recording.Record.Id, Insists: true)),
                cancellationToken);
            await kept.NoteProgressAsync(active.All, cancellationToken);
        }
        finally
        {
            await Each.DoAsync(active.All, recording => AskAsync(recording, new SuspendRecording()), cancellationToken);
        }
    }

    private Task AskAsync(ActiveRecording recording, IQuestion<RecordingMessage, RecordingEnded> question) =>
        monitoring.Running.AskRecordingAsync(recording.Record.RoomId, question);

    private async Task GuardDiskAsync(CancellationToken cancellationToken)
    {
        StorageState state = await storage.MeasureAsync(cancellationToken);
        news.Compare(state);
        if (state.Level == StorageLevel.Full)
        {
            await Task.WhenAll(active.All.Select(recording => AskAsync(
                recording, new EndRecording(AuditTrail.System, RecordingFaults.DiskFull, recording.Record.Id, Insists: true))));
        }
    }

    private Task EndDueAsync(DateTimeOffset now, CancellationToken cancellationToken) => Each.DoAsync(
        active.Rooms, roomId => monitoring.Running.AskRecordingAsync(roomId, new CheckRecording(now)), cancellationToken);

    private async Task DeleteForBudgetAsync(CancellationToken cancellationToken)
    {
        StorageState state = await storage.MeasureAsync(cancellationToken);
        while (state.Bytes > state.BudgetBytes
            && await FindFinishedAsync(found => found.Take(1), cancellationToken) is [Recording oldest])
        {
            LogBudget(oldest.Id, oldest.RoomId, oldest.Bytes, state.Bytes, state.BudgetBytes);
            await remover.DeleteAsync(oldest, AuditTrail.System, "recording.deleted-for-budget");
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

    /// <summary>What the end of the server interrupted goes on or is ended; what ended without its parts on record gets them.</summary>
    private async Task ContinueAsync(CancellationToken cancellationToken) => await Each.DoAsync(
        await FindInterruptedAsync(cancellationToken), ContinueAsync, cancellationToken);

    private async Task ContinueAsync(Recording record)
    {
        EarlierParts earlier = Repair(record);
        // A visit ends with the server, and its recording with the visit.
        if (record is { VisitId: null, To: null } && record.Until > Time.GetUtcNow() && settings.Value.Lessons
            && (await monitoring.Running.AskRecordingAsync(record.RoomId, new BeginRecording(record, earlier))).HasBegun)
        {
            LogResumed(record.Id, record.RoomId, earlier.Parts.Length);
            return;
        }

        await EndAsync(record.Id, earlier);
        LogRepaired(record.Id, record.RoomId, earlier.Parts.Length);
    }

    private async Task<List<Recording>> FindInterruptedAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset begunBefore = LeftBefore;
        List<Guid> own = [.. active.All.Select(one => one.Record.Id)];
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        List<Recording> found = await context.Recordings.AsNoTracking()
            .Where(one => (one.To == null || one.Parts.Count == 0) && one.From < begunBefore && !own.Contains(one.Id))
            .OrderBy(one => one.From).ToListAsync(cancellationToken);
        return [.. found.Where(one => one.To is null || folders.Parts(one.Id).Count > 0)];
    }

    private Task EndAsync(Guid recordingId, EarlierParts earlier) => audit.CommitAsync(async deed =>
    {
        Recording record = await deed.Records.Recordings.SingleAsync(one => one.Id == recordingId);
        record.Parts.AddRange(earlier.Parts.Select(RecordingRecords.Store));
        record.LengthMilliseconds = (long)earlier.Length.TotalMilliseconds;
        record.Bytes = record.Parts.Sum(part => part.Bytes);
        record.To ??= record.From + earlier.Length;
        record.Faults = [.. earlier.Faults, .. record.Parts.Count == 0 ? [RecordingFaults.NoPicture] : Array.Empty<string>()];
        deed.Tell(AuditTrail.System, "recording.repaired-at-start", RecordingRecords.Subject(record));
    });

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

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Recording {RecordingId} of room {RoomId} ({Size} bytes) is deleted: recordings take {Bytes} of {Budget} bytes")]
    private partial void LogBudget(Guid recordingId, string roomId, long size, long bytes, long budget);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Recording {RecordingId} of room {RoomId} was interrupted; {Parts} parts of it were completed")]
    private partial void LogRepaired(Guid recordingId, string roomId, int parts);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Recording {RecordingId} of room {RoomId} goes on after {Parts} parts that were made before the server was restarted")]
    private partial void LogResumed(Guid recordingId, string roomId, int parts);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} cannot be completed")]
    private partial void LogUnrepaired(Exception fault, string path);
}
