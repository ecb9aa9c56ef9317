using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;

namespace Xunke.Web.Books.Editing.Rows;

/// <summary>A change of one lesson. Nobody edits one: it is made and taken back.</summary>
internal sealed record ChangeRow(
    string? Id, string? SchoolId, Guid EntryId, DateOnly FirstDay, DateOnly? LastDay, ChangeKind Kind, string? TeacherId, string? RoomId,
    DateOnly? NewDate, int? NewWeekday, int? NewPeriod, string? Reason, DateTimeOffset MadeAt, string? Version = null) : IBookRow;

/// <summary>The changes of single lessons, for the history and for undoing.</summary>
internal sealed class ChangesBook : Book<TimetableChange, ChangeRow>
{
    /// <summary>Its name.</summary>
    public const string BookName = "timetable-changes";

    /// <inheritdoc />
    public override string Name => BookName;

    /// <inheritdoc />
    public override IQueryable<TimetableChange> Of(RecordsContext records, string? schoolId) => records.TimetableChanges
        .Where(change => schoolId == null || change.SchoolId == schoolId)
        .OrderBy(change => change.FirstDay).ThenBy(change => change.MadeAt);

    /// <inheritdoc />
    public override ChangeRow Show(TimetableChange entity) => new(
        entity.Id.ToString(), entity.SchoolId, entity.EntryId, entity.FirstDay, entity.LastDay, entity.Kind, entity.TeacherId,
        entity.RoomId, entity.NewDate, entity.NewWeekday, entity.NewPeriod, entity.Reason, entity.MadeAt);

    /// <inheritdoc />
    public override ChangeRow WithIdentity(ChangeRow row, string id, string? version) => row with { Id = id, Version = version };

    /// <inheritdoc />
    public override async Task<TimetableChange?> FindAsync(RecordsContext records, string id) =>
        Guid.TryParse(id, out Guid change) ? await records.TimetableChanges.FindAsync(change) : null;

    /// <inheritdoc />
    public override async Task<ChangeRow> CheckAsync(ChangeRow row, RowFaults faults, RecordsContext records)
    {
        faults.Reference("entryId", await records.Timetable.AnyAsync(entry => entry.Id == row.EntryId && entry.SchoolId == row.SchoolId));
        faults.Reference("teacherId", row.TeacherId is null || await records.Teachers.AnyAsync(one => one.Id == row.TeacherId));
        faults.Reference(
            "roomId", row.RoomId is null || await records.Rooms.AnyAsync(one => one.Id == row.RoomId && one.SchoolId == row.SchoolId));
        return row;
    }

    /// <inheritdoc />
    public override TimetableChange Make(ChangeRow row, DateTimeOffset now) => new()
    {
        Id = Guid.Parse(row.Id!),
        EntryId = row.EntryId,
        SchoolId = row.SchoolId!,
        FirstDay = row.FirstDay,
        LastDay = row.LastDay,
        Kind = row.Kind,
        TeacherId = row.TeacherId,
        RoomId = row.RoomId,
        NewDate = row.NewDate,
        NewWeekday = row.NewWeekday,
        NewPeriod = row.NewPeriod,
        Reason = row.Reason,
        // One that is put back counts before those that were made after it.
        MadeAt = row.MadeAt,
    };

    /// <inheritdoc />
    public override void Write(ChangeRow row, TimetableChange entity)
    {
        if (Show(entity) != row with { Version = null })
        {
            throw new InvalidOperationException("a change of a lesson is made and taken back, but not changed");
        }
    }

    /// <inheritdoc />
    public override Task<IReadOnlyList<BookUse>> UsesAsync(RecordsContext records, string id, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<BookUse>>([]);
}
