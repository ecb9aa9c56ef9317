using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;

namespace Xunke.Web.Books.Editing.Rows;

/// <summary>Days that are not as their weekday; without a school, in all schools.</summary>
internal sealed record CalendarRow(
    string? Id, string? SchoolId, DateOnly? FirstDay, DateOnly? LastDay, DayKind Kind, string? Grade, DateOnly? FollowsDate,
    int? FollowsWeekday, string? DayPlanId, string? Name, string? Version = null) : IBookRow;

/// <summary>The calendar of the district and of its schools.</summary>
internal sealed class CalendarBook : Book<CalendarDays, CalendarRow>
{
    private const int MostDays = 366;

    /// <inheritdoc />
    public override string Name => "calendar";

    /// <inheritdoc />
    public override IQueryable<CalendarDays> Of(RecordsContext records, string? schoolId) => records.CalendarDays
        .Where(days => schoolId == null || days.SchoolId == null || days.SchoolId == schoolId).OrderBy(days => days.FirstDay);

    /// <inheritdoc />
    public override CalendarRow Show(CalendarDays entity) => new(
        entity.Id, entity.SchoolId, entity.FirstDay, entity.LastDay, entity.Kind, entity.Grade, entity.FollowsDate, entity.FollowsWeekday,
        entity.DayPlanId, entity.Name);

    /// <inheritdoc />
    public override CalendarRow WithIdentity(CalendarRow row, string id, string? version) => row with { Id = id, Version = version };

    /// <inheritdoc />
    public override async Task<CalendarRow> CheckAsync(CalendarRow row, RowFaults faults, RecordsContext records)
    {
        faults.Reference("schoolId", row.SchoolId is null || await records.Schools.AnyAsync(school => school.Id == row.SchoolId));
        DateOnly first = faults.Day("firstDay", row.FirstDay);
        DateOnly last = faults.Day("lastDay", row.LastDay ?? row.FirstDay, first);
        if (last.DayNumber - first.DayNumber >= MostDays)
        {
            faults.Add("lastDay", $"最多 {MostDays} 天", $"at most {MostDays} days");
        }

        CheckFollowed(row, first, last, faults);
        string? plan = string.IsNullOrEmpty(row.DayPlanId) ? null : row.DayPlanId;
        faults.Reference("dayPlanId", plan is null || await records.DayPlans.AnyAsync(
            one => one.Id == plan && (one.SchoolId == null || one.SchoolId == row.SchoolId)));
        return row with
        {
            FirstDay = first,
            LastDay = last,
            Grade = faults.OptionalName("grade", row.Grade),
            DayPlanId = plan,
            Name = faults.Name("name", row.Name),
        };
    }

    /// <inheritdoc />
    public override CalendarDays Make(CalendarRow row, DateTimeOffset now)
    {
        var days = new CalendarDays
        {
            Id = row.Id!,
            SchoolId = row.SchoolId,
            FirstDay = default,
            LastDay = default,
            Kind = default,
            Name = string.Empty,
        };
        Write(row, days);
        return days;
    }

    /// <inheritdoc />
    public override void Write(CalendarRow row, CalendarDays entity)
    {
        (entity.FirstDay, entity.LastDay, entity.Kind, entity.Grade) = (row.FirstDay!.Value, row.LastDay!.Value, row.Kind, row.Grade);
        (entity.FollowsDate, entity.FollowsWeekday) = (row.FollowsDate, row.FollowsWeekday);
        (entity.DayPlanId, entity.Name) = (row.DayPlanId, row.Name!);
    }

    /// <inheritdoc />
    public override Task<IReadOnlyList<BookUse>> UsesAsync(RecordsContext records, string id, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<BookUse>>([]);

    private static void CheckFollowed(CalendarRow row, DateOnly first, DateOnly last, RowFaults faults)
    {
        if (row.FollowsDate is null && row.FollowsWeekday is null)
        {
            return;
        }

        if (row.Kind != DayKind.Teaching)
        {
            faults.Add("followsDate", "只有上课日可以按另一天的课表", "only a teaching day follows another day");
        }

        if (row.FollowsDate is not null && row.FollowsWeekday is not null)
        {
            faults.Add("followsWeekday", "日期和星期只能选一个", "either a date or a weekday");
        }

        if (row.FollowsDate is { } followed && (first != last || followed == first))
        {
            faults.Add("followsDate", "按另一天课表的只能是一天，而且不能是它自己", "one day follows one other date");
        }

        if (row.FollowsWeekday is { } weekday)
        {
            faults.Number("followsWeekday", weekday, 1, 7);
        }
    }
}
