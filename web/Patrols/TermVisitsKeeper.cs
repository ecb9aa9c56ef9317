using Xunke.Actors.Records;

namespace Xunke.Web.Patrols;

/// <summary>
/// The term's visits, counted once for all who are on a round: each of their pages asks every 20 s, and a term has tens of thousands.
/// </summary>
internal sealed class TermVisitsKeeper(TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private Kept? _kept;

    /// <summary>Those of the term that a date lies in, at most 15 s old.</summary>
    /// <param name="records">Read where what is kept is too old.</param>
    /// <param name="today">The date.</param>
    /// <param name="since">They are no older than this: who asks finds the own newest visit among them. Null: whatever is fresh.</param>
    /// <param name="cancellationToken">Ends the waiting and the reading.</param>
    public async Task<TermVisits> ReadAsync(
        RecordsContext records, DateOnly today, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            DateTimeOffset now = time.GetUtcNow();
            if (_kept is { } kept && kept.Today == today && now - kept.At < Fresh && !(since > kept.At))
            {
                return kept.Visits;
            }

            // The time is taken before the reading: what ends meanwhile may be missing in it.
            TermVisits visits = await TermVisits.ReadAsync(records, today, cancellationToken);
            _kept = new Kept(visits, today, now);
            return visits;
        }
        finally
        {
            _turn.Release();
        }
    }

    private sealed record Kept(TermVisits Visits, DateOnly Today, DateTimeOffset At);
}
