using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Persistence;
using Xunke.Streaming;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Media;
using Xunke.Web.Recordings;
using Xunke.Web.Schools;

namespace Xunke.Web.Visits;

/// <summary>Begins and ends visits: on record, in the audit trail, in the analysis' order of rooms, and for the picture.</summary>
internal sealed partial class VisitKeeper(
    IDbContextFactory<RecordsContext> records,
    OpenVisits open,
    MediaSessions sessions,
    Playbacks playbacks,
    RecordingKeeper recordings,
    MonitoringHost monitoring,
    AuditTrail audit,
    TimeProvider time,
    ILogger<VisitKeeper> log)
{
    /// <summary>Begins a visit.</summary>
    public async Task<Visit> BeginAsync(
        Caller caller, RoomEntry room, string purpose, MediaKinds media, CancellationToken cancellationToken)
    {
        var visit = new Visit
        {
            Id = Guid.NewGuid(),
            RoomId = room.RoomId,
            SchoolId = room.SchoolId,
            UserName = caller.UserName,
            DisplayName = caller.DisplayName,
            Purpose = purpose,
            Media = media,
            From = time.GetUtcNow(),
        };
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        context.Visits.Add(visit);
        await context.SaveChangesAsync(cancellationToken);
        await audit.AppendAsync(caller.UserName, "visit.opened", $"{visit.Id} {room.RoomId} {media.ToString().ToLowerInvariant()}", cancellationToken);
        open.Add(visit);
        monitoring.Running.VisitStarted(room.RoomId);
        return visit;
    }

    /// <summary>Ends a visit and its picture. Harmless when it has ended already.</summary>
    public async Task EndAsync(Guid visitId, string by, CancellationToken cancellationToken)
    {
        // Whoever takes it out ends it; a second caller finds nothing to do.
        if (open.Remove(visitId) is not { } visit)
        {
            return;
        }

        foreach (MediaSession session in sessions.Viewers(visitId))
        {
            sessions.Remove(session.SessionId);
            monitoring.Running.Media.Close(session.SessionId);
        }

        await recordings.EndAllAsync(record => record.VisitId == visitId, by, fault: null, cancellationToken);
        playbacks.Forget(visitId);
        monitoring.Running.VisitEnded(visit.RoomId);
        await CloseOnRecordAsync(visitId, time.GetUtcNow(), cancellationToken);
        await audit.AppendAsync(by, "visit.closed", $"{visitId} {visit.RoomId}", cancellationToken);
    }

    /// <summary>Ends the visits that a crash left open, at the time when the server was last known to run.</summary>
    public async Task CloseLeftOpenAsync(DateTimeOffset lastAlive, CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        List<Visit> left = await context.Visits.Where(visit => visit.To == null).ToListAsync(cancellationToken);
        foreach (Visit visit in left)
        {
            visit.To = lastAlive > visit.From ? lastAlive : visit.From;
        }

        await context.SaveChangesAsync(cancellationToken);
        foreach (Visit visit in left)
        {
            await audit.AppendAsync(AuditTrail.System, "visit.closed-at-start", $"{visit.Id} {visit.RoomId}", cancellationToken);
        }

        if (left.Count > 0)
        {
            LogLeftOpen(left.Count, lastAlive);
        }
    }

    private async Task CloseOnRecordAsync(Guid visitId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        await context.Visits.Where(visit => visit.Id == visitId)
            .ExecuteUpdateAsync(visit => visit.SetProperty(v => v.To, at), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} visits had been left open; they are closed as of {LastAlive:u}")]
    private partial void LogLeftOpen(int count, DateTimeOffset lastAlive);
}
