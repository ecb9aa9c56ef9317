using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;

namespace Xunke.Web.Books.Editing.Rows;

/// <summary>A lesson of the timetable; Turns has a bit for each week of the rotation that it is in.</summary>
internal sealed record EntryRow(
    string? Id, string? TermId, string? SchoolId, int? Weekday, int? Period, int? FirstWeek, int? LastWeek, int? Rotation, int? Turns,
    DateOnly? Date, string? ClassId, string? SubjectId, string? TeacherId, string? RoomId, string? Version = null) : IBookRow;

/// <summary>The timetables of all schools.</summary>
internal sealed class EntriesBook : Book<TimetableEntry, EntryRow>
{
    /// <summary>Its name.</summary>
    public const string BookName = "timetable";

    private const int MostWeeks = 60;
    private const int MostPeriods = 20;
    private const int LongestRotation = 4;

    /// <inheritdoc />
    public override string Name => BookName;

    /// <inheritdoc />
    public override IQueryable<TimetableEntry> Of(RecordsContext records, string? schoolId) => records.Timetable
        .Where(entry => schoolId == null || entry.SchoolId == schoolId)
        .OrderBy(entry => entry.ClassId).ThenBy(entry => entry.Weekday).ThenBy(entry => entry.Period);

    /// <inheritdoc />
    public override EntryRow Show(TimetableEntry entity) => new(
        entity.Id.ToString(), entity.TermId, entity.SchoolId, entity.Weekday, entity.Period, entity.FirstWeek, entity.LastWeek,
        entity.Rotation, entity.Turns, entity.Date, entity.ClassId, entity.SubjectId, entity.TeacherId, entity.RoomId);

    /// <inheritdoc />
    public override EntryRow WithIdentity(EntryRow row, string id, string? version) => row with { Id = id, Version = version };

    /// <inheritdoc />
    public override string MakeId(EntryRow row) => new Guid(RandomNumberGenerator.GetBytes(16)).ToString();

    /// <inheritdoc />
    public override async Task<TimetableEntry?> FindAsync(RecordsContext records, string id) =>
        Guid.TryParse(id, out Guid entry) ? await records.Timetable.FindAsync(entry) : null;

    /// <inheritdoc />
    public override async Task<EntryRow> CheckAsync(EntryRow row, RowFaults faults, RecordsContext records)
    {
        if (row.Id is { Length: > 0 } id && !Guid.TryParse(id, out _))
        {
            faults.Add("id", "编号由服务器给出", "the server makes the id");
        }

        (string? school, string? room) = (row.SchoolId, string.IsNullOrEmpty(row.RoomId) ? null : row.RoomId);
        string? teacher = string.IsNullOrEmpty(row.TeacherId) ? null : row.TeacherId;
        faults.Reference("termId", await records.Terms.AnyAsync(term => term.Id == row.TermId));
        faults.Reference("classId", await records.Classes.AnyAsync(one => one.Id == row.ClassId && one.SchoolId == school));
        faults.Reference("subjectId", await records.Subjects.AnyAsync(subject => subject.Id == row.SubjectId));
        // A teacher may come from another school; a room may not be elsewhere.
        faults.Reference("teacherId", teacher is null || await records.Teachers.AnyAsync(one => one.Id == teacher));
        faults.Reference("roomId", room is null || await records.Rooms.AnyAsync(one => one.Id == room && one.SchoolId == school));
        int first = faults.Number("firstWeek", row.FirstWeek ?? 1, 1, MostWeeks);
        int rotation = faults.Number("rotation", row.Rotation ?? 1, 1, LongestRotation);
        return row with
        {
            Weekday = faults.Number("weekday", row.Weekday ?? WeekdayOf(row.Date), 1, 7),
            Period = faults.Number("period", row.Period, 1, MostPeriods),
            FirstWeek = first,
            LastWeek = row.LastWeek is { } last ? faults.Number("lastWeek", last, first, MostWeeks) : null,
            Rotation = rotation,
            Turns = faults.Number("turns", row.Turns ?? (1 << rotation) - 1, 1, (1 << rotation) - 1),
            TeacherId = teacher,
            RoomId = room,
        };
    }

    /// <inheritdoc />
    public override TimetableEntry Make(EntryRow row, DateTimeOffset now)
    {
        var entry = new TimetableEntry
        {
            Id = Guid.Parse(row.Id!),
            TermId = row.TermId!,
            SchoolId = row.SchoolId!,
            Weekday = 0,
            Period = 0,
            FirstWeek = 0,
            Rotation = 0,
            Turns = 0,
            ClassId = row.ClassId!,
            SubjectId = row.SubjectId!,
        };
        Write(row, entry);
        return entry;
    }

    /// <inheritdoc />
    public override void Write(EntryRow row, TimetableEntry entity)
    {
        (entity.Weekday, entity.Period, entity.Date) = (row.Weekday!.Value, row.Period!.Value, row.Date);
        (entity.FirstWeek, entity.LastWeek, entity.Rotation, entity.Turns) =
            (row.FirstWeek!.Value, row.LastWeek, row.Rotation!.Value, row.Turns!.Value);
        (entity.ClassId, entity.SubjectId, entity.TeacherId, entity.RoomId) = (row.ClassId!, row.SubjectId!, row.TeacherId, row.RoomId);
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<BookUse>> UsesAsync(RecordsContext records, string id, CancellationToken cancellationToken)
    {
        Guid entry = Guid.TryParse(id, out Guid found) ? found : Guid.Empty;
        return await new Uses(cancellationToken)
            .Of("timetable-changes", records.TimetableChanges.Where(change => change.EntryId == entry)
                .Select(change => change.Reason ?? ""))
            .Of("lessons", records.Lessons.Where(lesson => lesson.EntryId == entry).Select(lesson => lesson.RoomId))
            .FoundAsync();
    }

    private static int? WeekdayOf(DateOnly? date) => date is { } day ? ((int)day.DayOfWeek + 6) % 7 + 1 : null;
}
