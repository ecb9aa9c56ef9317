using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Visits;
using Xunke.Web.Audit;

namespace Xunke.Web.Visits;

/// <summary>Visits on record and in the audit trail.</summary>
internal sealed class VisitRecords(AuditTrail audit, TimeProvider time) : IVisitRecords
{
    /// <inheritdoc />
    public Task BeginAsync(Visit visit) => audit.CommitAsync(deed =>
    {
        deed.Records.Visits.Add(visit);
        deed.Tell(visit.UserName, "visit.opened", $"{visit.Id} {visit.RoomId} {visit.Media.ToString().ToLowerInvariant()}", visit.Purpose);
    });

    /// <inheritdoc />
    public Task EndAsync(Visit visit, string by) => audit.CommitAsync(async deed =>
    {
        // The clock may have been set back meanwhile.
        DateTimeOffset now = time.GetUtcNow() is var clock && clock > visit.From ? clock : visit.From;
        int closed = await deed.Records.Visits.Where(stored => stored.Id == visit.Id && stored.To == null)
            .ExecuteUpdateAsync(stored => stored.SetProperty(v => v.To, now));
        if (closed > 0)
        {
            deed.Tell(by, "visit.closed", $"{visit.Id} {visit.RoomId}");
        }
    });

    /// <summary>Ends the visits that a crash left open, at the time when the server was last known to run.</summary>
    /// <param name="own">This server's own visits.</param>
    /// <param name="begunBefore">Later ones are this server's own too.</param>
    /// <param name="lastAlive">When the one before it was last known to run.</param>
    /// <returns>How many.</returns>
    public async Task<int> CloseLeftOpenAsync(IReadOnlyCollection<Guid> own, DateTimeOffset begunBefore, DateTimeOffset lastAlive)
    {
        int count = 0;
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
        return count;
    }
}
