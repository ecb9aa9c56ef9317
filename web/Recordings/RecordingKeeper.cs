using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Persistence;
using Xunke.Streaming;
using Xunke.Streaming.Recording;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;
using Xunke.Web.Visits;

namespace Xunke.Web.Recordings;

/// <summary>Begins and ends recordings: on the disk, on record and in the audit trail.</summary>
internal sealed class RecordingKeeper(
    IDbContextFactory<RecordsContext> records,
    ActiveRecordings active,
    RecordingFolders folders,
    OpenVisits visits,
    MonitoringHost monitoring,
    AuditTrail audit,
    IOptions<RecordingSettings> settings,
    TimeProvider time)
{
    /// <summary>Begins to record a visit; the recording ends with it.</summary>
    /// <returns>Null when the room is being recorded already, or the visit has ended meanwhile.</returns>
    public async Task<ActiveRecording?> BeginAsync(Caller caller, Visit visit, CancellationToken cancellationToken)
    {
        ActiveRecording? begun = await BeginAsync(
            Make(caller, visit.RoomId, visit.SchoolId, visit.Id, visit.Purpose, visit.Media, settings.Value.LongestMinutes), cancellationToken);
        if (begun is not null && visits.Find(visit.Id) is null)
        {
            // The visit ended while its recording began; its end did not see the recording yet.
            await EndAsync(begun, AuditTrail.System, fault: null, cancellationToken);
            return null;
        }

        return begun;
    }

    /// <summary>Begins to record a lesson.</summary>
    /// <returns>Null when the room is being recorded already.</returns>
    public Task<ActiveRecording?> BeginAsync(
        Caller caller, RoomEntry room, string reason, MediaKinds media, int minutes, CancellationToken cancellationToken) =>
        BeginAsync(Make(caller, room.RoomId, room.SchoolId, visitId: null, reason, media, minutes), cancellationToken);

    /// <summary>Ends a recording. Harmless when it has ended already.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="by">Who ends it.</param>
    /// <param name="fault">Why, where that is a fault of the recording.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task EndAsync(ActiveRecording recording, string by, string? fault, CancellationToken cancellationToken)
    {
        if (!active.Remove(recording))
        {
            return;
        }

        RecordingStatus status = await recording.Room.StopAsync();
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        Recording record = await context.Recordings.SingleAsync(one => one.Id == recording.Record.Id, cancellationToken);
        record.To = time.GetUtcNow();
        record.LengthMilliseconds = (long)status.Length.TotalMilliseconds;
        record.Bytes = status.Bytes;
        record.Faults = fault is null ? [.. status.Faults] : [.. status.Faults, fault];
        record.Parts.AddRange(status.Parts.Select(part => Store(part.Number, part.Offset, part.File)));
        await context.SaveChangesAsync(cancellationToken);
        await audit.AppendAsync(by, "recording.stopped", Subject(record), cancellationToken);
    }

    /// <summary>Ends the recordings that match, such as those of a visit that ends.</summary>
    public async Task EndAllAsync(Predicate<Recording> which, string by, string? fault, CancellationToken cancellationToken)
    {
        foreach (ActiveRecording recording in active.All.Where(one => which(one.Record)).ToList())
        {
            await EndAsync(recording, by, fault, cancellationToken);
        }
    }

    /// <summary>Goes on with a lesson's recording that a restart of the server interrupted.</summary>
    /// <param name="record">The recording, within its time.</param>
    /// <param name="earlier">What has been recorded.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task ResumeAsync(Recording record, EarlierParts earlier, CancellationToken cancellationToken)
    {
        Start(record, earlier);
        await audit.AppendAsync(AuditTrail.System, "recording.resumed-at-start", Subject(record), cancellationToken);
    }

    /// <summary>Completes the files of all recordings that last without ending these: the next start of the server goes on with them.</summary>
    public async Task SuspendAllAsync()
    {
        foreach (ActiveRecording recording in active.All.ToList())
        {
            if (active.Remove(recording))
            {
                await recording.Room.StopAsync();
            }
        }
    }

    /// <summary>Deletes a recording that has ended: its files first, so that nothing is left that nobody knows of.</summary>
    /// <param name="record">The recording.</param>
    /// <param name="by">Who deletes it.</param>
    /// <param name="action">How the audit trail calls it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The files cannot be deleted; the recording stays on record.</exception>
    public async Task DeleteAsync(Recording record, string by, string action, CancellationToken cancellationToken)
    {
        folders.Delete(record.Id);
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        await context.Recordings.Where(one => one.Id == record.Id).ExecuteDeleteAsync(cancellationToken);
        await audit.AppendAsync(by, action, Subject(record), cancellationToken);
    }

    /// <summary>How the audit trail names a recording.</summary>
    public static string Subject(Recording record) => $"{record.Id} {record.RoomId}";

    /// <summary>A part as it is put on record.</summary>
    public static StoredPart Store(int number, TimeSpan offset, RecordedFile file) => new()
    {
        Number = number,
        OffsetMilliseconds = (long)offset.TotalMilliseconds,
        LengthMilliseconds = (long)file.Length.TotalMilliseconds,
        Bytes = file.Bytes,
        VideoCodec = file.VideoCodec,
        Width = file.Width,
        Height = file.Height,
        HasSound = file.HasSound,
    };

    private async Task<ActiveRecording?> BeginAsync(Recording record, CancellationToken cancellationToken)
    {
        if (!active.TryReserve(record.RoomId))
        {
            return null;
        }

        try
        {
            await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
            context.Recordings.Add(record);
            await context.SaveChangesAsync(cancellationToken);
            await audit.AppendAsync(record.UserName, "recording.started", Subject(record), cancellationToken);
            return Start(record, earlier: null);
        }
        finally
        {
            active.Release(record.RoomId);
        }
    }

    private ActiveRecording Start(Recording record, EarlierParts? earlier)
    {
        RoomRecording room = monitoring.Running.Recorder.Start(record.RoomId, folders.Create(record.Id), record.Media, earlier);
        var started = new ActiveRecording(record, room);
        active.Set(started);
        return started;
    }

    private Recording Make(Caller caller, string roomId, string schoolId, Guid? visitId, string reason, MediaKinds media, int minutes)
    {
        DateTimeOffset now = time.GetUtcNow();
        return new Recording
        {
            Id = Guid.NewGuid(),
            RoomId = roomId,
            SchoolId = schoolId,
            UserName = caller.UserName,
            DisplayName = caller.DisplayName,
            VisitId = visitId,
            Reason = reason,
            Media = media,
            From = now,
            Until = now.AddMinutes(minutes),
        };
    }
}
