using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Identity;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;

namespace Xunke.Web.Books.Editing.Rows;

/// <summary>A teacher; Number is the one in the school's own lists, UserName the account that the teacher signs in with.</summary>
internal sealed record TeacherRow(
    string? Id, string? SchoolId, string? Name, string? Number, IReadOnlyList<string>? SubjectIds, string? UserName, string? Version = null)
    : IBookRow;

/// <summary>The teachers of all schools.</summary>
internal sealed class TeachersBook : Book<Teacher, TeacherRow>
{
    private const int LongestNumber = 40;
    private const int MostSubjects = 10;

    /// <inheritdoc />
    public override string Name => "teachers";

    /// <inheritdoc />
    public override IQueryable<Teacher> Of(RecordsContext records, string? schoolId) =>
        records.Teachers.Where(teacher => schoolId == null || teacher.SchoolId == schoolId)
            .OrderBy(teacher => teacher.SchoolId).ThenBy(teacher => teacher.Number).ThenBy(teacher => teacher.Id);

    /// <inheritdoc />
    public override TeacherRow Show(Teacher entity) =>
        new(entity.Id, entity.SchoolId, entity.Name, entity.Number, entity.SubjectIds, entity.UserName);

    /// <inheritdoc />
    public override TeacherRow WithIdentity(TeacherRow row, string id, string? version) => row with { Id = id, Version = version };

    /// <inheritdoc />
    public override async Task<TeacherRow> CheckAsync(TeacherRow row, RowFaults faults, RecordsContext records)
    {
        faults.Reference("schoolId", await records.Schools.AnyAsync(school => school.Id == row.SchoolId));
        string? number = faults.OptionalName("number", row.Number, LongestNumber);
        faults.Unique("number", number is null || !await records.Teachers.AnyAsync(
            teacher => teacher.SchoolId == row.SchoolId && teacher.Number == number && teacher.Id != row.Id));
        string? user = faults.OptionalName("userName", row.UserName);
        // Whoever signs in with it sees the teacher's lessons: no account of another school, and none of another role.
        faults.Reference("userName", user is null || await records.Users.AnyAsync(
            account => account.UserName == user && account.SchoolId == row.SchoolId && account.Role == Role.Teacher));
        faults.Unique("userName", user is null || !await records.Teachers.AnyAsync(
            teacher => teacher.UserName == user && teacher.Id != row.Id));
        ImmutableArray<string> subjects = [.. (row.SubjectIds ?? []).Distinct()];
        faults.Reference("subjectIds", subjects.Length <= MostSubjects
            && await records.Subjects.CountAsync(subject => subjects.Contains(subject.Id)) == subjects.Length);
        return row with { Name = faults.Name("name", row.Name), Number = number, UserName = user, SubjectIds = subjects };
    }

    /// <inheritdoc />
    public override Teacher Make(TeacherRow row, DateTimeOffset now) => new()
    {
        Id = row.Id!,
        SchoolId = row.SchoolId!,
        Name = row.Name!,
        Number = row.Number,
        SubjectIds = [.. row.SubjectIds!],
        UserName = row.UserName,
    };

    /// <inheritdoc />
    public override void Write(TeacherRow row, Teacher entity) =>
        (entity.Name, entity.Number, entity.SubjectIds, entity.UserName) = (row.Name!, row.Number, [.. row.SubjectIds!], row.UserName);

    /// <inheritdoc />
    public override async Task<IReadOnlyList<BookUse>> UsesAsync(RecordsContext records, string id, CancellationToken cancellationToken) =>
    [
        .. await new Uses(cancellationToken)
            .Of("timetable", records.Timetable.Where(entry => entry.TeacherId == id)
                .Join(records.Classes, entry => entry.ClassId, one => one.Id, (entry, one) => one.Name))
            .Of("timetable-changes", records.TimetableChanges.Where(change => change.TeacherId == id)
                .Select(change => change.Reason ?? ""))
            .Of("lessons", records.Lessons.Where(lesson => lesson.TeacherId == id).Select(lesson => lesson.RoomId))
            .FoundAsync(),
    ];
}
