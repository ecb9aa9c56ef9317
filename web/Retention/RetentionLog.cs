using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Audit;
using Xunke.Actors.Records;

namespace Xunke.Web.Retention;

/// <summary>What a run deleted of a kind, as the audit trail tells it.</summary>
/// <param name="At">When.</param>
/// <param name="Count">How many.</param>
/// <param name="Before">What was older than this went.</param>
/// <param name="Sha256">Of the list.</param>
/// <param name="List">The list's file in the data directory's folder "deletions".</param>
/// <param name="Line">The line of the trail.</param>
internal sealed record Deleted(DateTimeOffset At, long Count, DateTimeOffset Before, string Sha256, string List, long Line);

/// <summary>What the trail says about the runs: it is the only memory of them.</summary>
internal sealed partial class RetentionLog(IDbContextFactory<RecordsContext> records)
{
    /// <summary>The action that ends a run.</summary>
    public const string Finished = RetentionRun.Action + "finished";

    private const int MostLines = 500;
    private static readonly TimeSpan LongAgo = TimeSpan.FromDays(60);

    /// <summary>
    /// When the last run ended, to decide whether another is due. A server that never had one was there since the trail began; null for a
    /// trail without lines, and for a last run that is older than some weeks.
    /// </summary>
    public async Task<DateTimeOffset?> LastEndAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        return await FinishedAt(context, now).FirstOrDefaultAsync(cancellationToken)
            ?? await context.Audit.OrderBy(line => line.Id).Select(line => (DateTimeOffset?)line.At).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>When the last run ended, and the last deletion of each kind in the last weeks.</summary>
    public async Task<(DateTimeOffset? End, IReadOnlyDictionary<string, Deleted> Kinds)> ReadAsync(
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        DateTimeOffset since = now - LongAgo;
        List<AuditEntry> lines = await context.Audit.AsNoTracking()
            .Where(line => line.At >= since && line.Action.StartsWith(RetentionRun.Action)).OrderByDescending(line => line.Id)
            .Take(MostLines).ToListAsync(cancellationToken);
        var kinds = new Dictionary<string, Deleted>();
        foreach (AuditEntry line in lines)
        {
            if (Told().Match(line.Subject) is { Success: true } told)
            {
                kinds.TryAdd(line.Action[RetentionRun.Action.Length..], new Deleted(
                    line.At,
                    long.Parse(told.Groups["count"].Value, CultureInfo.InvariantCulture),
                    DateTimeOffset.Parse(told.Groups["before"].Value, CultureInfo.InvariantCulture),
                    told.Groups["sha256"].Value,
                    told.Groups["list"].Value,
                    line.Id));
            }
        }

        return (await FinishedAt(context, now).FirstOrDefaultAsync(cancellationToken), kinds);
    }

    // Not those of a clock that was ahead.
    private static IQueryable<DateTimeOffset?> FinishedAt(RecordsContext records, DateTimeOffset now)
    {
        DateTimeOffset since = now - LongAgo;
        return records.Audit.Where(line => line.At >= since && line.At <= now && line.Action == Finished)
            .OrderByDescending(line => line.At).Select(line => (DateTimeOffset?)line.At);
    }

    [GeneratedRegex(@"^(?<count>\d{1,18}) before (?<before>[\d:.TZ+-]{20,40}) sha256 (?<sha256>[0-9a-f]{64}) list (?<list>[\w.-]+)$")]
    private static partial Regex Told();
}
