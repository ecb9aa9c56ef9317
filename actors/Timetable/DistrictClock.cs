namespace Xunke.Actors.Timetable;

/// <summary>The clock on the schools' walls.</summary>
/// <param name="zone">The district's time zone.</param>
public sealed class DistrictClock(TimeZoneInfo zone)
{
    /// <summary>The date that the clock shows.</summary>
    public DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>
    /// The first instant at which the clock shows a time of a date, or a later one. So periods stay in order where the clock is changed: a
    /// time that it skips is when it skips it, one that it shows twice is the first.
    /// </summary>
    /// <returns>In UTC.</returns>
    public DateTimeOffset InstantOf(DateOnly date, TimeOnly time)
    {
        var shown = date.ToDateTime(time);
        while (zone.IsInvalidTime(shown))
        {
            shown = new DateTime(shown.Ticks - shown.Ticks % TimeSpan.TicksPerMinute).AddMinutes(1);
        }

        var offset = zone.IsAmbiguousTime(shown) ? zone.GetAmbiguousTimeOffsets(shown).Max() : zone.GetUtcOffset(shown);
        var ticks = Math.Clamp(shown.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    /// <summary>A period on a date.</summary>
    public PlannedPeriod Plan(DateOnly date, Period period) => new(period, InstantOf(date, period.From), InstantOf(date, period.To));
}
