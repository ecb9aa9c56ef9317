using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Streaming;
using Xunke.Streaming.Recording;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;
using Xunke.Web.Visits;

namespace Xunke.Web.Recordings;

/// <summary>Begins and ends recordings: on record and in the audit trail first, then on the disk.</summary>
internal sealed partial class RecordingKeeper(
    IDbContextFactory<RecordsContext> records,
    ActiveRecordings active,
    RecordingFolders folders,
    OpenVisits visits,
    MonitoringHost monitoring,
    AuditTrail audit,
    IOptions<RecordingSettings> settings,
    TimeProvider time,
    ILogger<RecordingKeeper> log)
{
    // Ended on record; how long they are and what parts they have is not.
    private readonly ConcurrentDictionary<Guid, (ActiveRecording Recording, string? Fault)> _unfinished = new();

    /// <summary>Begins to record a visit; the recording ends with it.</summary>
    /// <returns>Null when the room is being recorded already, or the visit has ended meanwhile.</returns>
    public Task<ActiveRecording?> BeginAsync(Caller caller, Visit visit) => BeginAsync(
        Make(caller, visit.RoomId, visit.SchoolId, visit.Id, visit.Purpose, visit.Media, settings.Value.LongestMinutes));

    /// <summary>Begins to record a lesson.</summary>
    /// <returns>Null when the room is being recorded already.</returns>
    public Task<ActiveRecording?> BeginAsync(Caller caller, RoomEntry room, string reason, MediaKinds media, int minutes) =>
        BeginAsync(Make(caller, room.RoomId, room.SchoolId, visitId: null, reason, media, minutes));

    /// <summary>Ends a recording. Harmless when it has ended already.</summary>
    public Task EndAsync(ActiveRecording recording, string by) => EndAllAsync(record => record.Id == recording.Record.Id, by, fault: null);

    /// <summary>Ends the recordings that match.</summary>
    /// <param name="which">Those.</param>
    /// <param name="by">Who ends them.</param>
    /// <param name="fault">Why, where that is a fault of the recording: then their files are completed first, whatever the database does.</param>
    public async Task EndAllAsync(Predicate<Recording> which, string by, string? fault)
    {
        List<ActiveRecording> ending = [.. active.All.Where(one => which(one.Record))];
        if (ending.Count == 0)
        {
            return;
        }

        if (fault is not null)
        {
            await Task.WhenAll(ending.Select(one => one.Room.StopAsync()));
        }

        await audit.CommitAsync(deed => EndAllAsync(deed, which, by, fault));
        await FinishAsync();
    }

    /// <summary>Ends the recordings that match as a part of a deed; <see cref="FinishAsync"/> is called after it.</summary>
    public async Task EndAllAsync(Deed deed, Predicate<Recording> which, string by, string? fault = null)
    {
        foreach (ActiveRecording recording in active.All.Where(one => which(one.Record)).ToList())
        {
            Recording? record = await deed.Records.Recordings.SingleOrDefaultAsync(one => one.Id == recording.Record.Id);
            if (record is { To: null })
            {
                Note(record, recording.Room.Status, fault);
                // The clock may have been set back meanwhile.
                record.To = time.GetUtcNow() is var now && now > record.From ? now : record.From;
                deed.Tell(by, "recording.stopped", Subject(record));
            }

            deed.Afterwards(() =>
            {
                if (active.Remove(recording))
                {
                    _unfinished[recording.Record.Id] = (recording, fault);
                }
            });
        }
    }

    /// <summary>
    /// Completes the files of recordings that have ended and puts their parts on record. What the database refuses is
    /// tried again by the next call, and after a crash by the next start.
    /// </summary>
    public async Task FinishAsync()
    {
        foreach (Guid recordingId in _unfinished.Keys)
        {
            if (_unfinished.TryRemove(recordingId, out (ActiveRecording Recording, string? Fault) ended))
            {
                await CompleteAsync(ended.Recording, ended.Fault);
            }
        }
    }

    /// <summary>Goes on with a lesson's recording that a restart of the server interrupted.</summary>
    /// <param name="record">The recording, within its time, whose room is reserved.</param>
    /// <param name="earlier">What has been recorded.</param>
    public Task ResumeAsync(Recording record, EarlierParts earlier) => audit.CommitAsync(deed =>
    {
        deed.Tell(AuditTrail.System, "recording.resumed-at-start", Subject(record));
        string folder = folders.Create(record.Id);
        deed.Afterwards(() => Start(record, folder, earlier));
    });

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

    /// <summary>A crash must not take with it what was found wrong before it.</summary>
    public async Task NoteProgressAsync(CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        foreach (ActiveRecording recording in active.All)
        {
            if (await context.Recordings.SingleOrDefaultAsync(one => one.Id == recording.Record.Id && one.To == null, cancellationToken) is { } record)
            {
                Note(record, recording.Room.Status, fault: null);
            }
        }

        await context.SaveChangesAsync(cancellationToken);
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

    private static void Note(Recording record, RecordingStatus status, string? fault)
    {
        record.LengthMilliseconds = (long)status.Length.TotalMilliseconds;
        record.Bytes = status.Bytes;
        record.Faults = fault is null ? [.. status.Faults] : [.. status.Faults, fault];
    }

    private async Task<ActiveRecording?> BeginAsync(Recording record)
    {
        if (!active.TryReserve(record.RoomId))
        {
            return null;
        }

        try
        {
            ActiveRecording? begun = null;
            await audit.CommitAsync(deed =>
            {
                // Asked here, where no visit can end at the same time.
                if (record.VisitId is { } visitId && visits.Find(visitId) is null)
                {
                    return;
                }

                deed.Records.Recordings.Add(record);
                deed.Tell(record.UserName, "recording.started", Subject(record), record.Reason);
                string folder = folders.Create(record.Id);
                deed.Afterwards(() => begun = Start(record, folder, earlier: null));
            });
            return begun;
        }
        catch (RecordsUnavailableException)
        {
            folders.Delete(record.Id);
            throw;
        }
        finally
        {
            active.Release(record.RoomId);
        }
    }

    private async Task CompleteAsync(ActiveRecording recording, string? fault)
    {
        RecordingStatus status = await recording.Room.StopAsync();
        Guid recordingId = recording.Record.Id;
        try
        {
            await audit.CommitAsync(async deed =>
            {
                // It may have been deleted meanwhile.
                if (await deed.Records.Recordings.Include(one => one.Parts).SingleOrDefaultAsync(one => one.Id == recordingId) is { Parts: [] } record)
                {
                    Note(record, status, fault);
                    record.Parts.AddRange(status.Parts.Select(part => Store(part.Number, part.Offset, part.File)));
                }
            });
        }
        catch (RecordsUnavailableException unavailable)
        {
            _unfinished[recordingId] = (recording, fault);
            LogUnfinished(unavailable, recordingId);
        }
    }

    private ActiveRecording Start(Recording record, string folder, EarlierParts? earlier)
    {
        RoomRecording room = monitoring.Running.Recorder.Start(record.RoomId, folder, record.Media, earlier);
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The parts of recording {RecordingId}, which has ended, cannot be put on record for now")]
    private partial void LogUnfinished(Exception fault, Guid recordingId);
}
