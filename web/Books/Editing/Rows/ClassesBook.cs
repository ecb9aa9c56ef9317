using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;

namespace Xunke.Web.Books.Editing.Rows;

/// <summary>A class; RoomId is its own room.</summary>
internal sealed record ClassRow(
    string? Id, string? SchoolId, string? Name, string? Grade, int? Enrolled, string? RoomId, string? Version = null) : IBookRow;

/// <summary>The classes of all schools.</summary>
internal sealed class ClassesBook : Book<SchoolClass, ClassRow>
{
    private const int MostEnrolled = 100;

    /// <inheritdoc />
    public override string Name => "classes";

    /// <inheritdoc />
    public override IQueryable<SchoolClass> Of(RecordsContext records, string? schoolId) =>
        records.Classes.Where(one => schoolId == null || one.SchoolId == schoolId).OrderBy(one => one.Id);

    /// <inheritdoc />
    public override ClassRow Show(SchoolClass entity) =>
        new(entity.Id, entity.SchoolId, entity.Name, entity.Grade, entity.Enrolled, entity.RoomId);

    /// <inheritdoc />
    public override ClassRow WithIdentity(ClassRow row, string id, string? version) => row with { Id = id, Version = version };

    /// <inheritdoc />
    public override async Task<ClassRow> CheckAsync(ClassRow row, RowFaults faults, RecordsContext records)
    {
        faults.Reference("schoolId", await records.Schools.AnyAsync(school => school.Id == row.SchoolId));
        string name = faults.Name("name", row.Name);
        faults.Unique("name", !await records.Classes.AnyAsync(
            one => one.SchoolId == row.SchoolId && one.Name == name && one.Id != row.Id));
        string? room = string.IsNullOrEmpty(row.RoomId) ? null : row.RoomId;
        faults.Reference("roomId", room is null || await records.Rooms.AnyAsync(one => one.Id == room && one.SchoolId == row.SchoolId));
        return row with
        {
            Name = name,
            Grade = faults.Name("grade", row.Grade),
            Enrolled = faults.Number("enrolled", row.Enrolled, 0, MostEnrolled),
            RoomId = room,
        };
    }

    /// <inheritdoc />
    public override SchoolClass Make(ClassRow row, DateTimeOffset now) => new()
    {
        Id = row.Id!,
        SchoolId = row.SchoolId!,
        Name = row.Name!,
        Grade = row.Grade!,
        Enrolled = row.Enrolled!.Value,
        RoomId = row.RoomId,
    };

    /// <inheritdoc />
    public override void Write(ClassRow row, SchoolClass entity) =>
        (entity.Name, entity.Grade, entity.Enrolled, entity.RoomId) = (row.Name!, row.Grade!, row.Enrolled!.Value, row.RoomId);

    /// <inheritdoc />
    public override async Task<IReadOnlyList<BookUse>> UsesAsync(RecordsContext records, string id, CancellationToken cancellationToken) =>
    [
        .. await new Uses(cancellationToken)
            .Of("timetable", records.Timetable.Where(entry => entry.ClassId == id)
                .Join(records.Subjects, entry => entry.SubjectId, subject => subject.Id, (entry, subject) => subject.Name))
            .Of("lessons", records.Lessons.Where(lesson => lesson.ClassId == id).Select(lesson => lesson.RoomId))
            .FoundAsync(),
    ];
}
