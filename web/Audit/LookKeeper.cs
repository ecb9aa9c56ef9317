using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Audit;
using Xunke.Actors.Records;
using Xunke.Web.Hosting.Work;

namespace Xunke.Web.Audit;

/// <summary>Puts on record how long looks last, once a minute and at the end: a crash costs a minute of them.</summary>
internal sealed class LookKeeper(
    Looks looks, IDbContextFactory<RecordsContext> records, WorkGuard guard, TimeProvider time)
    : PeriodicWork("looks", TimeSpan.FromMinutes(1), guard, time)
{
    private const int MostAtOnce = 200;

    /// <summary>Puts on record what has lasted since the last time.</summary>
    internal async Task SaveAsync(CancellationToken cancellationToken)
    {
        foreach (LookLength[] some in looks.Lengths().Chunk(MostAtOnce))
        {
            await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
            IQueryable<LookLength> known = context.LookLengths;
            Guid[] ids = [.. some.Select(one => one.Id)];
            Dictionary<Guid, LookLength> kept = await known.Where(one => ids.Contains(one.Id))
                .ToDictionaryAsync(one => one.Id, cancellationToken);
            foreach (LookLength one in some)
            {
                if (kept.TryGetValue(one.Id, out LookLength? before))
                {
                    before.To = one.To;
                }
                else
                {
                    context.Add(one);
                }
            }

            await context.SaveChangesAsync(cancellationToken);
            looks.Saved(some);
        }
    }

    /// <inheritdoc />
    protected override Task PassAsync(CancellationToken cancellationToken) => SaveAsync(cancellationToken);

    /// <inheritdoc />
    protected override Task FinishAsync(CancellationToken cancellationToken) => SaveAsync(cancellationToken);
}
