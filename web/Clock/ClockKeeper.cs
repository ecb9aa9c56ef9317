using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Audit;
using Xunke.Actors.Lessons;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Web.Changes;
using Xunke.Web.Hosting.Work;

namespace Xunke.Web.Clock;

/// <summary>Looks at the clock every few seconds and keeps what is known of it.</summary>
internal sealed class ClockKeeper(
    IDbContextFactory<RecordsContext> records, ClockWatch clock, ChangeBoard changes, WorkGuard guard, TimeProvider time)
    : PeriodicWork("clock", TimeSpan.FromSeconds(10), guard, time)
{
    private ClockHoldKind? _told;

    /// <inheritdoc />
    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        // A table that cannot be read knows nothing; the others may.
        DateTimeOffset?[] newest =
        [
            await NewestAsync<AuditEntry>(line => line.At, cancellationToken),
            await NewestAsync<Visit>(visit => visit.From, cancellationToken),
            await NewestAsync<Lesson>(lesson => lesson.From, cancellationToken),
            await NewestAsync<Recording>(recording => recording.From, cancellationToken),
        ];
        clock.Begin(newest.Max());
        await clock.SaveAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task PassAsync(CancellationToken cancellationToken)
    {
        ClockHoldKind? held = clock.Read()?.Hold?.Kind;
        if (held != _told)
        {
            _told = held;
            changes.Raise(Topic.Clock);
        }

        await clock.SaveAsync(cancellationToken);
    }

    private async Task<DateTimeOffset?> NewestAsync<TRecord>(
        Expression<Func<TRecord, DateTimeOffset>> when, CancellationToken cancellationToken)
        where TRecord : class
    {
        DateTimeOffset? newest = null;
        await Guard.TryAsync(
            "clock.records",
            async token =>
            {
                await using RecordsContext context = await records.CreateDbContextAsync(token);
                List<DateTimeOffset> found = await context.Set<TRecord>()
                    .Select(when).OrderByDescending(at => at).Take(1).ToListAsync(token);
                newest = found is [DateTimeOffset at] ? at : null;
            },
            cancellationToken);
        return newest;
    }
}
