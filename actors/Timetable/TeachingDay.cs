using System.Collections.Immutable;

namespace Xunke.Actors.Timetable;

/// <summary>A period on a date.</summary>
/// <param name="Period">Which.</param>
/// <param name="From">When it begins, in UTC.</param>
/// <param name="To">When it ends, in UTC; not before it begins, even where the clock is changed meanwhile.</param>
public sealed record PlannedPeriod(Period Period, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Whether an instant lies in it.</summary>
    public bool Contains(DateTimeOffset at) => at >= From && at < To;
}

/// <summary>What a date is by the calendar, for one grade.</summary>
/// <param name="Date">The date.</param>
/// <param name="Kind">Whether there are lessons. A date is off where no term is, and where neither calendar nor day plan says anything of
/// it, such as a Sunday.</param>
/// <param name="Special">The row of the calendar that makes it what it is; null: it is as its weekday.</param>
/// <param name="Follows">The date whose week and rotation count: another one on some make-up days, otherwise the date itself.</param>
/// <param name="Weekday">The weekday whose timetable counts, 1 (Monday) to 7.</param>
/// <param name="Term">The term of the date that is followed; null: none.</param>
/// <param name="Week">The week of the term, from 1; 0: no term.</param>
/// <param name="WeeksCounted">Weeks before this one that rotations count.</param>
/// <param name="Periods">When the periods are; none on a day that is off.</param>
public sealed record TeachingDay(
    DateOnly Date, DayKind Kind, CalendarDays? Special, DateOnly Follows, int Weekday, Term? Term, int Week, int WeeksCounted,
    ImmutableArray<PlannedPeriod> Periods)
{
    /// <summary>Whether the timetable of another date or weekday is followed.</summary>
    public bool IsMakeUp => Follows != Date || Weekday != Weeks.WeekdayOf(Date);

    /// <summary>Whether the calendar says that lessons rest, rather than nothing saying that there are any.</summary>
    public bool IsSuspended => Special is { Kind: not DayKind.Teaching };

    /// <summary>The week of a rotation, from 0. A week that is not counted is as the one after it.</summary>
    /// <param name="rotation">Weeks of the rotation, from 1.</param>
    public int TurnOf(int rotation) => WeeksCounted % Math.Max(1, rotation);

    /// <summary>The period of a number; null: the day has none.</summary>
    public PlannedPeriod? PeriodOf(int number)
    {
        foreach (var period in Periods)
        {
            if (period.Period.Number == number)
            {
                return period;
            }
        }

        return null;
    }
}
