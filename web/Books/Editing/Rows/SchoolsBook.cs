using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Bookings;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;

namespace Xunke.Web.Books.Editing.Rows;

/// <summary>A school. Its id is given when it is new, and says which school it is: so SchoolId is the same for rights.</summary>
internal sealed record SchoolRow(string? Id, string? Name, string? NameEn, int? Order, string? Version = null) : IBookRow
{
    /// <inheritdoc />
    string? IBookRow.SchoolId => null;
}

/// <summary>The schools of the district.</summary>
internal sealed class SchoolsBook : Book<School, SchoolRow>
{
    private const int LongestId = 20;

    /// <inheritdoc />
    public override string Name => "schools";

    /// <inheritdoc />
    public override bool IsOfSchools => false;

    /// <inheritdoc />
    public override IQueryable<School> Of(RecordsContext records, string? schoolId) =>
        records.Schools.Where(school => schoolId == null || school.Id == schoolId).OrderBy(school => school.Order);

    /// <inheritdoc />
    public override SchoolRow Show(School entity) => new(entity.Id, entity.Name, entity.NameEn, entity.Order);

    /// <inheritdoc />
    public override SchoolRow WithIdentity(SchoolRow row, string id, string? version) => row with { Id = id, Version = version };

    /// <inheritdoc />
    public override async Task<SchoolRow> CheckAsync(SchoolRow row, RowFaults faults, RecordsContext records)
    {
        faults.Id("id", row.Id, LongestId);
        string name = faults.Name("name", row.Name);
        SchoolRow checkedRow = row with
        {
            Name = name,
            NameEn = faults.OptionalName("nameEn", row.NameEn) ?? name,
            Order = row.Order ?? (await records.Schools.MaxAsync(school => (int?)school.Order) ?? 0) + 1,
        };
        faults.Number("order", checkedRow.Order, 1, 10_000);
        faults.Unique("name", !await records.Schools.AnyAsync(school => school.Name == name && school.Id != row.Id));
        return checkedRow;
    }

    /// <inheritdoc />
    public override School Make(SchoolRow row, DateTimeOffset now) =>
        new() { Id = row.Id!, Name = row.Name!, NameEn = row.NameEn!, Order = row.Order!.Value };

    /// <inheritdoc />
    public override void Write(SchoolRow row, School entity) =>
        (entity.Name, entity.NameEn, entity.Order) = (row.Name!, row.NameEn!, row.Order!.Value);

    /// <inheritdoc />
    public override async Task<IReadOnlyList<BookUse>> UsesAsync(RecordsContext records, string id, CancellationToken cancellationToken) =>
    [
        .. await new Uses(cancellationToken)
            .Of("rooms", records.Rooms.Where(room => room.SchoolId == id).Select(room => room.Name))
            .Of("classes", records.Classes.Where(one => one.SchoolId == id).Select(one => one.Name))
            .Of("teachers", records.Teachers.Where(teacher => teacher.SchoolId == id).Select(teacher => teacher.Name))
            .Of("accounts", records.Users.Where(account => account.SchoolId == id).Select(account => account.DisplayName))
            .Of("day-plans", records.DayPlans.Where(plan => plan.SchoolId == id).Select(plan => plan.Name))
            .Of("recording-rules", records.RecordingRules.Where(rule => rule.SchoolId == id).Select(rule => rule.SchoolId))
            .Of("calendar", records.CalendarDays.Where(days => days.SchoolId == id).Select(days => days.Name))
            .FoundAsync(),
    ];
}
