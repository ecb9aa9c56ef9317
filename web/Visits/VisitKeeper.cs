using Microsoft.EntityFrameworkCore;
using Xunke.Actors;
using Xunke.Actors.Visits;
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
    OpenVisits open,
    ListeningPolicy policy,
    MediaSessions sessions,
    Playbacks playbacks,
    RecordingKeeper recordings,
    MonitoringHost monitoring,
    AuditTrail audit,
    TimeProvider time,
    ILogger<VisitKeeper> log)
{
    /// <summary>Begins a visit.</summary>
    /// <returns>Null where the district does not allow such a visit, which it may have forbidden a moment ago.</returns>
    public async Task<Visit?> BeginAsync(Caller caller, RoomEntry room, string purpose, MediaKinds media)
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
        MonitoringSystem running = monitoring.Running;
        bool allowed = false;
        await audit.CommitAsync(deed =>
        {
            // Asked here, where the rule cannot change at the same time.
            allowed = policy.Allowed.Contains(media);
            if (allowed)
            {
                deed.Records.Visits.Add(visit);
                deed.Tell(caller.UserName, "visit.opened", $"{visit.Id} {room.RoomId} {media.ToString().ToLowerInvariant()}", purpose);
                deed.Afterwards(() =>
                {
                    open.Add(visit, caller.LoginId);
                    running.VisitStarted(room.RoomId);
                });
            }
        });
        return allowed ? visit : null;
    }

    /// <summary>Ends a visit, its picture and its recording. Harmless when it has ended already.</summary>
    public async Task EndAsync(Guid visitId, string by)
    {
        await audit.CommitAsync(deed => EndAsync(deed, visitId, by));
        await recordings.FinishAsync();
    }

    /// <summary>Ends a visit as a part of a deed; <see cref="RecordingKeeper.FinishAsync"/> is called after it.</summary>
    public async Task EndAsync(Deed deed, Guid visitId, string by)
    {
        if (open.Find(visitId) is not { } visit)
        {
            return;
        }

        await recordings.EndAllAsync(deed, record => record.VisitId == visitId, by);
        // The clock may have been set back meanwhile.
        DateTimeOffset now = time.GetUtcNow() is var clock && clock > visit.From ? clock : visit.From;
        int closed = await deed.Records.Visits.Where(stored => stored.Id == visitId && stored.To == null)
            .ExecuteUpdateAsync(stored => stored.SetProperty(v => v.To, now));
        if (closed > 0)
        {
            deed.Tell(by, "visit.closed", $"{visitId} {visit.RoomId}");
        }

        deed.Afterwards(() => Close(visit));
    }

    /// <summary>Ends the visits that a crash left open, at the time when the server was last known to run.</summary>
    /// <param name="begunBefore">Later ones are this server's own.</param>
    /// <param name="lastAlive">When the one before it was last known to run.</param>
    public async Task CloseLeftOpenAsync(DateTimeOffset begunBefore, DateTimeOffset lastAlive)
    {
        int count = 0;
        IReadOnlyList<Guid> own = open.All();
        await audit.CommitAsync(async deed =>
        {
            List<Visit> left = await deed.Records.Visits
                .Where(visit => visit.To == null && visit.From < begunBefore && !own.Contains(visit.Id)).ToListAsync();
            foreach (Visit visit in left)
            {
                visit.To = lastAlive > visit.From ? lastAlive : visit.From;
                deed.Tell(AuditTrail.System, "visit.closed-at-start", $"{visit.Id} {visit.RoomId}");
            }

            count = left.Count;
        });
        if (count > 0)
        {
            LogLeftOpen(count, lastAlive);
        }
    }

    private void Close(Visit visit)
    {
        if (open.Remove(visit.Id) is null)
        {
            return;
        }

        foreach (MediaSession session in sessions.Viewers(visit.Id))
        {
            sessions.Remove(session.SessionId);
            monitoring.Running.Media.Close(session.SessionId);
        }

        playbacks.Forget(visit.Id);
        monitoring.Running.VisitEnded(visit.RoomId);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} visits had been left open; they are closed as of {LastAlive:u}")]
    private partial void LogLeftOpen(int count, DateTimeOffset lastAlive);
}
