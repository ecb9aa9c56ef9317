using Xunke.Actors.Timetable;

namespace Xunke.Web.Retention;

/// <summary>When the night's work is due: once a date, at a time of the clock on the schools' walls.</summary>
internal sealed class Nights(TimeOnly at, TimeZoneInfo zone)
{
    private readonly DistrictClock _clock = new(zone);

    /// <summary>The last time that it was due, now or before.</summary>
    public (DateOnly Date, DateTimeOffset At) LastBy(DateTimeOffset now)
    {
        DateOnly today = _clock.DateOf(now);
        DateTimeOffset due = _clock.InstantOf(today, at);
        return due <= now ? (today, due) : (today.AddDays(-1), _clock.InstantOf(today.AddDays(-1), at));
    }

    /// <summary>The next time after now.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset now) => _clock.InstantOf(LastBy(now).Date.AddDays(1), at);
}
