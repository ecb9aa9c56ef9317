using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Xunke.Actors.Timetable;

/// <summary>Terms, special days and day plans of one school.</summary>
internal sealed class SchoolCalendar
{
    private readonly DistrictClock _clock;
    private readonly ImmutableArray<Term> _terms;
    private readonly ImmutableArray<CalendarDays> _special;
    private readonly ImmutableArray<DayPlan> _plans;
    private readonly FrozenSet<string> _grades;

    public SchoolCalendar(TimetableRows rows, DistrictClock clock)
    {
        _clock = clock;
        _terms = [.. rows.Terms.OrderByDescending(term => term.FirstDay).ThenBy(term => term.Id, StringComparer.Ordinal)];

        // The first that fits counts.
        _special =
        [
            .. rows.Calendar.Where(days => days.SchoolId is null || days.SchoolId == rows.SchoolId)
                .OrderBy(days => days.SchoolId is null)
                .ThenBy(days => days.LastDay.DayNumber - days.FirstDay.DayNumber)
                .ThenBy(days => days.Grade is null)
                .ThenBy(days => days.FirstDay)
                .ThenBy(days => days.Id, StringComparer.Ordinal),
        ];
        _plans =
        [
            .. rows.DayPlans.Where(plan => plan.SchoolId is null || plan.SchoolId == rows.SchoolId)
                .OrderBy(plan => plan.SchoolId is null)
                .ThenByDescending(plan => plan.FirstDay ?? DateOnly.MinValue)
                .ThenBy(plan => plan.LastDay ?? DateOnly.MaxValue)
                .ThenBy(plan => plan.Id, StringComparer.Ordinal),
        ];
        _grades = _special.Select(days => days.Grade).OfType<string>().ToFrozenSet();
    }

    /// <summary>Whether any day has periods.</summary>
    public bool HasPeriods => _plans.Any(plan => plan.Periods.Count > 0);

    /// <summary>The grades for which the calendar has days of their own.</summary>
    public IEnumerable<string> Grades => _grades;

    /// <summary>The grade, if the calendar has days of its own for it; otherwise null: all such grades have the same days.</summary>
    public string? GradeOf(string? grade) => grade is not null && _grades.Contains(grade) ? grade : null;

    public TeachingDay DayOf(DateOnly date, string? grade)
    {
        var special = _special.FirstOrDefault(
            days => date >= days.FirstDay && date <= days.LastDay && (days.Grade is null || days.Grade == grade));
        var follows = special is { Kind: DayKind.Teaching, FollowsDate: { } followed } ? followed : date;
        var weekday = special is { Kind: DayKind.Teaching, FollowsDate: null, FollowsWeekday: { } other }
            ? other : Weeks.WeekdayOf(follows);
        var day = Nominal(date, special, follows, weekday);
        if (day.Term is null || special?.Kind == DayKind.Off)
        {
            return day with { Kind = DayKind.Off };
        }

        var plan = PlanOf(date, special?.DayPlanId, weekday);
        return plan is null && special is null
            ? day with { Kind = DayKind.Off }
            : day with { Periods = plan is null ? [] : [.. plan.Periods.Select(period => _clock.Plan(date, period))] };
    }

    /// <summary>What a date would be if nothing suspended it.</summary>
    public TeachingDay Unsuspended(DateOnly date, string? grade)
    {
        var day = DayOf(date, grade);
        return day.Kind == DayKind.Teaching ? day : Nominal(date, special: null, date, Weeks.WeekdayOf(date));
    }

    /// <summary>
    /// When a period is on a date that somebody has named for a lesson: as the date's day plan says, or, of a date that has no such period,
    /// as on the first weekday that has.
    /// </summary>
    public PlannedPeriod? PeriodOn(DateOnly date, string? grade, int number)
    {
        var day = DayOf(date, grade);
        var period = Find(PlanOf(date, day.Special?.DayPlanId, day.Weekday));
        for (var weekday = 1; weekday <= 7 && period is null; weekday++)
        {
            period = Find(PlanOf(date, null, weekday));
        }

        return period is null ? null : _clock.Plan(date, period);

        Period? Find(DayPlan? plan) => plan?.Periods.Find(one => one.Number == number);
    }

    private TeachingDay Nominal(DateOnly date, CalendarDays? special, DateOnly follows, int weekday)
    {
        var term = _terms.FirstOrDefault(term => follows >= term.FirstDay && follows <= term.LastDay);
        var week = term is null ? 0 : Weeks.WeekOf(term, follows);
        var counted = term is null ? 0 : Weeks.CountedBefore(term, week);
        return new TeachingDay(date, special?.Kind ?? DayKind.Teaching, special, follows, weekday, term, week, counted, []);
    }

    /// <summary>The bell rings by the season of the date itself, whatever date it follows.</summary>
    private DayPlan? PlanOf(DateOnly date, string? id, int weekday) =>
        (id is null ? null : _plans.FirstOrDefault(plan => plan.Id == id))
        ?? _plans.FirstOrDefault(plan => plan.Weekdays.Contains(weekday)
            && date >= (plan.FirstDay ?? DateOnly.MinValue) && date <= (plan.LastDay ?? DateOnly.MaxValue));
}
