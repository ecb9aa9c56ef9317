using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;

namespace Xunke.Web.Books.Editing.Rows;

/// <summary>A period; From and To are as "08:00".</summary>
internal sealed record PeriodRow(int? Number, string? Name, PeriodKind Kind, string? From, string? To);

/// <summary>When the periods of a day are; without a school, in every school that has no own plan.</summary>
internal sealed record DayPlanRow(
    string? Id, string? SchoolId, string? Name, IReadOnlyList<int>? Weekdays, DateOnly? FirstDay, DateOnly? LastDay,
    IReadOnlyList<PeriodRow>? Periods, string? Version = null) : IBookRow;

/// <summary>The day plans of the district and of its schools.</summary>
internal sealed class DayPlansBook : Book<DayPlan, DayPlanRow>
{
    private const int MostPeriods = 20;
    private const string Clock = "HH:mm";

    /// <inheritdoc />
    public override string Name => "day-plans";

    /// <inheritdoc />
    public override IQueryable<DayPlan> Of(RecordsContext records, string? schoolId) => records.DayPlans
        .Where(plan => schoolId == null || plan.SchoolId == null || plan.SchoolId == schoolId)
        .OrderBy(plan => plan.SchoolId).ThenBy(plan => plan.Id);

    /// <inheritdoc />
    public override DayPlanRow Show(DayPlan entity) => new(
        entity.Id, entity.SchoolId, entity.Name, entity.Weekdays, entity.FirstDay, entity.LastDay,
        [
            .. entity.Periods.Select(period => new PeriodRow(
                period.Number, period.Name, period.Kind, period.From.ToString(Clock, CultureInfo.InvariantCulture),
                period.To.ToString(Clock, CultureInfo.InvariantCulture))),
        ]);

    /// <inheritdoc />
    public override DayPlanRow WithIdentity(DayPlanRow row, string id, string? version) => row with { Id = id, Version = version };

    /// <inheritdoc />
    public override async Task<DayPlanRow> CheckAsync(DayPlanRow row, RowFaults faults, RecordsContext records)
    {
        faults.Reference("schoolId", row.SchoolId is null || await records.Schools.AnyAsync(school => school.Id == row.SchoolId));
        if (row.LastDay is { } last && row.FirstDay is { } first)
        {
            faults.Day("lastDay", last, first);
        }

        return row with
        {
            Name = faults.Name("name", row.Name),
            Weekdays = faults.Numbers("weekdays", row.Weekdays, 1, 7),
            Periods = CheckPeriods(row.Periods ?? [], faults),
        };
    }

    /// <inheritdoc />
    public override DayPlan Make(DayPlanRow row, DateTimeOffset now) => new()
    {
        Id = row.Id!,
        SchoolId = row.SchoolId,
        Name = row.Name!,
        Weekdays = [.. row.Weekdays!],
        FirstDay = row.FirstDay,
        LastDay = row.LastDay,
        Periods = PeriodsOf(row),
    };

    /// <inheritdoc />
    public override void Write(DayPlanRow row, DayPlan entity) =>
        (entity.Name, entity.Weekdays, entity.FirstDay, entity.LastDay, entity.Periods) =
        (row.Name!, [.. row.Weekdays!], row.FirstDay, row.LastDay, PeriodsOf(row));

    /// <inheritdoc />
    public override async Task<IReadOnlyList<BookUse>> UsesAsync(RecordsContext records, string id, CancellationToken cancellationToken) =>
    [
        .. await new Uses(cancellationToken)
            .Of("calendar", records.CalendarDays.Where(days => days.DayPlanId == id).Select(days => days.Name))
            .FoundAsync(),
    ];

    private static List<PeriodRow> CheckPeriods(IReadOnlyList<PeriodRow> rows, RowFaults faults)
    {
        if (rows.Count is 0 or > MostPeriods)
        {
            faults.Add("periods", $"应有 1 到 {MostPeriods} 个节次", $"there must be 1 to {MostPeriods} periods");
            return [];
        }

        List<PeriodRow> periods =
        [
            .. rows.Select(row => row with
            {
                Number = faults.Number("periods", row.Number, 1, MostPeriods),
                Name = faults.Name("periods", row.Name),
                From = Written(row.From, faults),
                To = Written(row.To, faults),
            }).OrderBy(row => row.From, StringComparer.Ordinal),
        ];
        if (periods.Select(row => row.Number).Distinct().Count() < periods.Count)
        {
            faults.Add("periods", "节次编号重复", "two periods have the same number");
        }

        bool ordered = periods.All(row => string.CompareOrdinal(row.From, row.To) < 0)
            && periods.Zip(periods.Skip(1)).All(pair => string.CompareOrdinal(pair.First.To, pair.Second.From) <= 0);
        if (faults.None && !ordered)
        {
            faults.Add("periods", "节次时间重叠，或结束早于开始", "periods overlap, or one ends before it begins");
        }

        return periods;
    }

    // "8:00" becomes "08:00", which sorts as a text.
    private static string Written(string? time, RowFaults faults)
    {
        if (TimeOnly.TryParseExact(time, ["H:mm", Clock], CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly found))
        {
            return found.ToString(Clock, CultureInfo.InvariantCulture);
        }

        faults.Add("periods", "时间应写作 08:00", "a time is written as 08:00");
        return string.Empty;
    }

    private static List<Period> PeriodsOf(DayPlanRow row) =>
        [.. row.Periods!.Select(period => new Period(period.Number!.Value, period.Name!, period.Kind, At(period.From!), At(period.To!)))];

    private static TimeOnly At(string time) => TimeOnly.ParseExact(time, Clock, CultureInfo.InvariantCulture);
}
