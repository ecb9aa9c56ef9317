using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;

namespace Xunke.Web.Books.Editing.Rows;

/// <summary>A subject.</summary>
internal sealed record SubjectRow(string? Id, string? Name, string? NameEn, int? Order, string? Version = null) : IBookRow
{
    /// <inheritdoc />
    string? IBookRow.SchoolId => null;
}

/// <summary>The subjects of the district.</summary>
internal sealed class SubjectsBook : Book<Subject, SubjectRow>
{
    /// <inheritdoc />
    public override string Name => "subjects";

    /// <inheritdoc />
    public override bool IsOfSchools => false;

    /// <inheritdoc />
    public override IQueryable<Subject> Of(RecordsContext records, string? schoolId) => records.Subjects.OrderBy(subject => subject.Order);

    /// <inheritdoc />
    public override SubjectRow Show(Subject entity) => new(entity.Id, entity.Name, entity.NameEn, entity.Order);

    /// <inheritdoc />
    public override SubjectRow WithIdentity(SubjectRow row, string id, string? version) => row with { Id = id, Version = version };

    /// <inheritdoc />
    public override string MakeId(SubjectRow row) => $"subject-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    /// <inheritdoc />
    public override async Task<SubjectRow> CheckAsync(SubjectRow row, RowFaults faults, RecordsContext records)
    {
        string name = faults.Name("name", row.Name);
        faults.Unique("name", !await records.Subjects.AnyAsync(subject => subject.Name == name && subject.Id != row.Id));
        int order = row.Order ?? (await records.Subjects.MaxAsync(subject => (int?)subject.Order) ?? 0) + 1;
        return row with
        {
            Name = name,
            NameEn = faults.OptionalName("nameEn", row.NameEn) ?? name,
            Order = faults.Number("order", order, 1, 10_000),
        };
    }

    /// <inheritdoc />
    public override Subject Make(SubjectRow row, DateTimeOffset now) =>
        new() { Id = row.Id!, Name = row.Name!, NameEn = row.NameEn!, Order = row.Order!.Value };

    /// <inheritdoc />
    public override void Write(SubjectRow row, Subject entity) =>
        (entity.Name, entity.NameEn, entity.Order) = (row.Name!, row.NameEn!, row.Order!.Value);

    /// <inheritdoc />
    public override async Task<IReadOnlyList<BookUse>> UsesAsync(RecordsContext records, string id, CancellationToken cancellationToken) =>
    [
        .. await new Uses(cancellationToken)
            .Of("teachers", records.Teachers.Where(teacher => teacher.SubjectIds.Contains(id)).Select(teacher => teacher.Name))
            .Of("timetable", records.Timetable.Where(entry => entry.SubjectId == id)
                .Join(records.Classes, entry => entry.ClassId, one => one.Id, (entry, one) => one.Name))
            .Of("lessons", records.Lessons.Where(lesson => lesson.SubjectId == id).Select(lesson => lesson.RoomId))
            .FoundAsync(),
    ];
}
