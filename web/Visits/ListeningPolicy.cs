using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Streaming;
using Xunke.Web.Audit;

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

    /// <summary>Changes the rule.</summary>
    /// <param name="deed">The deed that it belongs to.</param>
    /// <param name="allowed">Some of <see cref="Ways"/>, in any order; not empty.</param>
    /// <param name="by">Who changes it.</param>
    public async Task SetAsync(Deed deed, IReadOnlySet<MediaKinds> allowed, string by)
    {
        ArgumentOutOfRangeException.ThrowIfZero(allowed.Count);
        VisitPolicy policy = await deed.Records.VisitPolicy.SingleAsync();
        policy.VideoOnly = allowed.Contains(MediaKinds.Video);
        policy.AudioOnly = allowed.Contains(MediaKinds.Audio);
        policy.Both = allowed.Contains(MediaKinds.Both);
        ImmutableArray<MediaKinds> ways = [.. Ways.Where(allowed.Contains)];
        deed.Tell(by, "visit-policy.changed", string.Join(' ', ways.Select(way => way.ToString().ToLowerInvariant())));
        deed.Afterwards(() => Allowed = ways);
    }

    private static bool IsAllowed(VisitPolicy policy, MediaKinds way) => way switch
    {
        MediaKinds.Video => policy.VideoOnly,
        MediaKinds.Audio => policy.AudioOnly,
        _ => policy.Both,
    };
}
