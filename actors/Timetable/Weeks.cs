namespace Xunke.Actors.Timetable;

/// <summary>Weeks run from Monday to Sunday.</summary>
public static class Weeks
{
    /// <summary>1 (Monday) to 7.</summary>
    public static int WeekdayOf(DateOnly date) => ((int)date.DayOfWeek + 6) % 7 + 1;

    /// <summary>A day of the week that a date lies in.</summary>
    /// <param name="date">Any day of the week.</param>
    /// <param name="weekday">1 (Monday) to 7.</param>
    public static DateOnly SameWeek(DateOnly date, int weekday) =>
        DateOnly.FromDayNumber(Math.Clamp(
            date.DayNumber + weekday - WeekdayOf(date), DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber));

    /// <summary>The week of a term that a date lies in, from 1 for the week of the term's first day.</summary>
    public static int WeekOf(Term term, DateOnly date) =>
        (SameWeek(date, 1).DayNumber - SameWeek(term.FirstDay, 1).DayNumber) / 7 + 1;

    /// <summary>Weeks of a term before one that rotations count.</summary>
    public static int CountedBefore(Term term, int week)
    {
        var counted = Math.Max(0, week - 1);
        foreach (var uncounted in term.UncountedWeeks.Distinct())
        {
            counted -= uncounted >= 1 && uncounted < week ? 1 : 0;
        }

        return counted;
    }

    /// <summary>Whether an entry is held in a week of its term.</summary>
    /// <param name="entry">An entry of every week, or of a rotation.</param>
    /// <param name="week">The week of the term.</param>
    /// <param name="counted">Weeks before it that rotations count.</param>
    public static bool IsIn(TimetableEntry entry, int week, int counted) =>
        week >= entry.FirstWeek && week <= (entry.LastWeek ?? int.MaxValue)
        && (entry.Turns >> (counted % Math.Max(1, entry.Rotation)) & 1) == 1;
}
