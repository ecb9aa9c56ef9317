using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Actors.Reviews;
using Xunke.Web.Audit;
using Xunke.Web.Lessons;

namespace Xunke.Web.Retention;

/// <summary>What was seen in lessons. Before it goes, a snapshot is made of it where there is none; the snapshot stays.</summary>
internal sealed class KeptSamples(
    IDbContextFactory<RecordsContext> records, AuditTrail audit, LessonRecords lessons, LessonSpools spools)
    : KeptRows(records, audit)
{
    /// <summary>What is left of samples that went.</summary>
    private static readonly byte[] None = [];

    /// <inheritdoc />
    public override string Name => "samples";

    /// <inheritdoc />
    public override IAsyncEnumerable<int> DeleteAsync(DateTimeOffset limit, DeletionList list, CancellationToken cancellationToken)
    {
        // Files of lessons that were never put on record.
        spools.DeleteOlderThan(limit);
        return base.DeleteAsync(limit, list, cancellationToken);
    }

    /// <inheritdoc />
    protected override IQueryable<DueRow> Find(RecordsContext records, DateTimeOffset limit, DateTimeOffset from) =>
        records.Lessons.AsNoTracking()
            .Where(lesson => lesson.Ended && lesson.To < limit && lesson.To >= from && lesson.Samples != None)
            .OrderBy(lesson => lesson.To).Select(lesson => new DueRow(lesson.Id, lesson.To));

    /// <inheritdoc />
    protected override Task PrepareAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken) =>
        KeptLessons.FreezeAsync(Records, lessons, ids, cancellationToken);

    /// <inheritdoc />
    protected override async Task<List<Deletion>> ReadAsync(RecordsContext records, IReadOnlyList<Guid> ids) =>
        [.. (await records.Lessons.AsNoTracking().Where(lesson => ids.Contains(lesson.Id) && lesson.Samples != None)
            .Select(lesson => new { lesson.Id, lesson.To, lesson.Samples }).ToListAsync())
            .OrderBy(lesson => lesson.To).Select(lesson => Deletion.Of(lesson.Id, lesson.Samples))];

    /// <inheritdoc />
    protected override Task DeleteAsync(RecordsContext records, IReadOnlyList<Guid> ids) =>
        records.Lessons.Where(lesson => ids.Contains(lesson.Id))
            .ExecuteUpdateAsync(lesson => lesson.SetProperty(one => one.Samples, None));
}

/// <summary>What was measured of lessons' sound. A snapshot is made before it goes, too.</summary>
internal sealed class KeptSound(IDbContextFactory<RecordsContext> records, AuditTrail audit, LessonRecords lessons)
    : KeptRows(records, audit)
{
    /// <inheritdoc />
    public override string Name => "sound";

    /// <inheritdoc />
    protected override IQueryable<DueRow> Find(RecordsContext records, DateTimeOffset limit, DateTimeOffset from) =>
        records.Lessons.AsNoTracking()
            .Where(lesson => lesson.Ended && lesson.To < limit && lesson.To >= from && lesson.Sound != null)
            .OrderBy(lesson => lesson.To).Select(lesson => new DueRow(lesson.Id, lesson.To));

    /// <inheritdoc />
    protected override Task PrepareAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken) =>
        KeptLessons.FreezeAsync(Records, lessons, ids, cancellationToken);

    /// <inheritdoc />
    protected override async Task<List<Deletion>> ReadAsync(RecordsContext records, IReadOnlyList<Guid> ids) =>
        [.. (await records.Lessons.AsNoTracking().Where(lesson => ids.Contains(lesson.Id) && lesson.Sound != null)
            .Select(lesson => new { lesson.Id, lesson.To, lesson.Sound }).ToListAsync())
            .OrderBy(lesson => lesson.To).Select(lesson => Deletion.Of(lesson.Id, lesson.Sound))];

    /// <inheritdoc />
    protected override Task DeleteAsync(RecordsContext records, IReadOnlyList<Guid> ids) =>
        records.Lessons.Where(lesson => ids.Contains(lesson.Id))
            .ExecuteUpdateAsync(lesson => lesson.SetProperty(one => one.Sound, (byte[]?)null));
}

/// <summary>Lessons with their snapshots, and with what is left of samples and sound figures. The content is the snapshot.</summary>
internal sealed class KeptLessons(IDbContextFactory<RecordsContext> records, AuditTrail audit) : KeptRows(records, audit)
{
    /// <inheritdoc />
    public override string Name => "snapshots";

    /// <summary>Makes the snapshots that are missing. One that cannot be made keeps nothing from going.</summary>
    public static async Task FreezeAsync(
        IDbContextFactory<RecordsContext> records, LessonRecords lessons, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        foreach (Guid id in await context.Lessons.Where(lesson => ids.Contains(lesson.Id) && lesson.Snapshot == null)
            .Select(lesson => lesson.Id).ToListAsync(cancellationToken))
        {
            await lessons.FreezeAsync(id, cancellationToken);
        }
    }

    /// <inheritdoc />
    protected override IQueryable<DueRow> Find(RecordsContext records, DateTimeOffset limit, DateTimeOffset from) =>
        records.Lessons.AsNoTracking().Where(lesson => lesson.To < limit && lesson.To >= from)
            .OrderBy(lesson => lesson.To).Select(lesson => new DueRow(lesson.Id, lesson.To));

    /// <inheritdoc />
    protected override async Task<List<Deletion>> ReadAsync(RecordsContext records, IReadOnlyList<Guid> ids) =>
        [.. (await records.Lessons.AsNoTracking().Where(lesson => ids.Contains(lesson.Id))
            .Select(lesson => new { lesson.Id, lesson.To, lesson.Snapshot }).ToListAsync())
            .OrderBy(lesson => lesson.To).Select(lesson => Deletion.Of(lesson.Id, lesson.Snapshot))];

    /// <inheritdoc />
    protected override async Task DeleteAsync(RecordsContext records, IReadOnlyList<Guid> ids)
    {
        // Goals that were set before a lesson are of its place in the timetable; what else is said of it goes with its row.
        foreach (var place in await records.Lessons.Where(lesson => ids.Contains(lesson.Id) && lesson.EntryId != null)
            .Select(lesson => new { lesson.EntryId, lesson.PlannedDate }).ToListAsync())
        {
            await records.Goals.Where(goal => goal.EntryId == place.EntryId && goal.Date == place.PlannedDate).ExecuteDeleteAsync();
        }

        await records.Lessons.Where(lesson => ids.Contains(lesson.Id)).ExecuteDeleteAsync();
    }
}
