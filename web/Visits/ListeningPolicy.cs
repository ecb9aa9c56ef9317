using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Persistence;
using Xunke.Streaming;

namespace Xunke.Web.Visits;

/// <summary>
/// What of a room may be seen and heard during a visit, by the district's rule: on record, and in memory because every
/// visit asks. Nobody is ever heard in the classroom: viewers' offers to send are not taken.
/// </summary>
internal sealed class ListeningPolicy(IDbContextFactory<RecordsContext> records)
{
    /// <summary>Every way to visit, the preferred one first.</summary>
    public static ImmutableArray<MediaKinds> Ways { get; } = [MediaKinds.Both, MediaKinds.Video, MediaKinds.Audio];

    /// <summary>The ways that are allowed, the preferred one first; never empty.</summary>
    public ImmutableArray<MediaKinds> Allowed { get; private set; } = Ways;

    /// <summary>Reads the rule.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        VisitPolicy stored = await context.VisitPolicy.AsNoTracking().SingleAsync(cancellationToken);
        Allowed = [.. Ways.Where(way => IsAllowed(stored, way))];
    }

    /// <summary>Changes the rule, on disk first.</summary>
    /// <param name="allowed">Some of <see cref="Ways"/>, in any order; not empty.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task SetAsync(IReadOnlySet<MediaKinds> allowed, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(allowed.Count);
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        VisitPolicy policy = await context.VisitPolicy.SingleAsync(cancellationToken);
        policy.VideoOnly = allowed.Contains(MediaKinds.Video);
        policy.AudioOnly = allowed.Contains(MediaKinds.Audio);
        policy.Both = allowed.Contains(MediaKinds.Both);
        await context.SaveChangesAsync(cancellationToken);
        Allowed = [.. Ways.Where(allowed.Contains)];
    }

    private static bool IsAllowed(VisitPolicy policy, MediaKinds way) => way switch
    {
        MediaKinds.Video => policy.VideoOnly,
        MediaKinds.Audio => policy.AudioOnly,
        _ => policy.Both,
    };
}
