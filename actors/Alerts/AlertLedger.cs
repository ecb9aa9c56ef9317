using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Records;

namespace Xunke.Actors.Alerts;

/// <summary>Writes what a school's watch says into the records. Each change counts once, however often it is written.</summary>
public static class AlertLedger
{
    /// <summary>Applies changes, in their order, inside the caller's transaction.</summary>
    /// <param name="records">The records.</param>
    /// <param name="changes">The changes.</param>
    /// <param name="reopenWithin">What comes back within this time is the same alert again, unless somebody has closed it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Those that were new.</returns>
    public static async Task<IReadOnlyList<AlertChange>> ApplyAsync(
        RecordsContext records, IEnumerable<AlertChange> changes, TimeSpan reopenWithin, CancellationToken cancellationToken = default)
    {
        var applied = new List<AlertChange>();
        foreach (var change in changes)
        {
            if (await records.AlertEvents.AnyAsync(one => one.Id == change.Id, cancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            var key = change.Place.Key;
            var open = await records.Alerts.SingleOrDefaultAsync(one => one.OpenKey == key, cancellationToken).ConfigureAwait(false);
            if (change.IsRaised == (open is not null))
            {
                // Raised, or cleared, by an actor before this one.
                continue;
            }

            if (open is not null)
            {
                Clear(records, open, change);
            }
            else if (await FindLastAsync(records, change, reopenWithin, cancellationToken).ConfigureAwait(false) is { } last)
            {
                Reopen(records, last, change);
            }
            else
            {
                Raise(records, change, change.Evidence!); // IsRaised says that it has one.
            }

            await records.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            applied.Add(change);
        }

        return applied;
    }

    /// <summary>The places of a school whose alerts were raised and not cleared.</summary>
    public static async Task<IReadOnlyList<AlertPlace>> OpenAsync(
        RecordsContext records, string schoolId, CancellationToken cancellationToken = default) =>
        [.. (await records.Alerts.AsNoTracking().Where(one => one.SchoolId == schoolId && one.OpenKey != null)
            .Select(one => new { one.RoomId, one.Kind }).ToListAsync(cancellationToken).ConfigureAwait(false))
            .Select(one => new AlertPlace(schoolId, one.RoomId, one.Kind))];

    private static Task<Alert?> FindLastAsync(
        RecordsContext records, AlertChange change, TimeSpan reopenWithin, CancellationToken cancellationToken)
    {
        var earliest = change.At - reopenWithin;
        var (schoolId, roomId, kind) = change.Place;
        return records.Alerts
            .Where(one => one.SchoolId == schoolId && one.RoomId == roomId && one.Kind == kind && one.State == AlertState.Resolved
                && one.ClearedAt >= earliest && one.ClearedAt <= change.At)
            .OrderByDescending(one => one.ClearedAt).FirstOrDefaultAsync(cancellationToken);
    }

    private static void Raise(RecordsContext records, AlertChange change, AlertEvidence evidence)
    {
        var alert = new Alert
        {
            Id = change.Id,
            SchoolId = change.Place.SchoolId,
            RoomId = change.Place.RoomId,
            Kind = change.Place.Kind,
            Severity = evidence.Rule.Severity,
            RuleVersion = evidence.Rule.Version,
            RaisedAt = change.At,
            OpenKey = change.Place.Key,
            State = AlertState.Firing,
            Evidence = evidence.ToJson(),
        };
        records.Alerts.Add(alert);
        Tell(records, alert, change, AlertStep.Raised);
    }

    private static void Reopen(RecordsContext records, Alert alert, AlertChange change)
    {
        (alert.OpenKey, alert.ClearedAt, alert.End) = (change.Place.Key, null, null);
        (alert.State, alert.AcknowledgedUntil) = (AlertState.Firing, null);
        alert.Reopened++;
        Tell(records, alert, change, AlertStep.Reopened);
    }

    private static void Clear(RecordsContext records, Alert alert, AlertChange change)
    {
        (alert.OpenKey, alert.ClearedAt, alert.End) = (null, change.At, change.End);
        if (alert.IsOpen)
        {
            (alert.State, alert.AcknowledgedUntil) = (AlertState.Resolved, null);
        }

        Tell(records, alert, change, AlertStep.Cleared);
    }

    private static void Tell(RecordsContext records, Alert alert, AlertChange change, AlertStep step) =>
        records.AlertEvents.Add(new AlertEvent { Id = change.Id, AlertId = alert.Id, At = change.At, Step = step });
}
