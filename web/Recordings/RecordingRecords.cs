using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Streaming.Recording;
using Xunke.Web.Audit;

namespace Xunke.Web.Recordings;

/// <summary>Recordings on record and in the audit trail.</summary>
internal sealed class RecordingRecords(
    IDbContextFactory<RecordsContext> records, RecordingFolders folders, AuditTrail audit, TimeProvider time) : IRecordingRecords
{
    /// <summary>The trail's word for a recording that somebody plays.</summary>
    public const string Played = "recording.played";

    /// <summary>How the audit trail names a recording.</summary>
    public static string Subject(Recording record) => $"{record.Id} {record.RoomId}";

    /// <summary>A part as it is put on record.</summary>
    public static StoredPart Store(RecordedPart part) => new()
    {
        Number = part.Number,
        OffsetMilliseconds = (long)part.Offset.TotalMilliseconds,
        LengthMilliseconds = (long)part.File.Length.TotalMilliseconds,
        Bytes = part.File.Bytes,
        VideoCodec = part.File.VideoCodec,
        Width = part.File.Width,
        Height = part.File.Height,
        HasSound = part.File.HasSound,
    };

    /// <inheritdoc />
    public async Task<string> BeginAsync(Recording recording, bool isResumed)
    {
        string folder = string.Empty;
        try
        {
            await audit.CommitAsync(deed =>
            {
                if (isResumed)
                {
                    deed.Tell(AuditTrail.System, "recording.resumed-at-start", Subject(recording));
                }
                else
                {
                    deed.Records.Recordings.Add(recording);
                    deed.Tell(recording.UserName, "recording.started", Subject(recording), recording.Reason);
                }

                folder = folders.Create(recording.Id);
            });
        }
        catch when (!isResumed)
        {
            folders.Delete(recording.Id);
            throw;
        }

        return folder;
    }

    /// <inheritdoc />
    public Task EndAsync(Recording recording, RecordingStatus status, string? fault, string by) => audit.CommitAsync(async deed =>
    {
        if (await deed.Records.Recordings.SingleOrDefaultAsync(one => one.Id == recording.Id) is { To: null } record)
        {
            Note(record, status, fault);
            // The clock may have been set back meanwhile.
            record.To = time.GetUtcNow() is var now && now > record.From ? now : record.From;
            deed.Tell(by, "recording.stopped", Subject(record));
        }
    });

    /// <inheritdoc />
    public Task CompleteAsync(Guid recordingId, RecordingStatus status, string? fault) => audit.CommitAsync(async deed =>
    {
        // It may have been deleted meanwhile.
        if (await deed.Records.Recordings.Include(one => one.Parts)
            .SingleOrDefaultAsync(one => one.Id == recordingId) is { Parts: [] } record)
        {
            Note(record, status, fault);
            record.Parts.AddRange(status.Parts.Select(Store));
        }
    });

    /// <summary>A crash must not take with it what was found wrong before it.</summary>
    public async Task NoteProgressAsync(IEnumerable<ActiveRecording> recordings, CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        foreach (ActiveRecording recording in recordings)
        {
            if (await context.Recordings.SingleOrDefaultAsync(one => one.Id == recording.Record.Id
                && one.To == null, cancellationToken) is { } record)
            {
                Note(record, recording.Room.Status, fault: null);
            }
        }

        await context.SaveChangesAsync(cancellationToken);
    }

    private static void Note(Recording record, RecordingStatus status, string? fault)
    {
        record.LengthMilliseconds = (long)status.Length.TotalMilliseconds;
        record.Bytes = status.Bytes;
        record.Faults = fault is null ? [.. status.Faults] : [.. status.Faults, fault];
    }
}
