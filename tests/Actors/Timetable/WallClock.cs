namespace Xunke.Tests.Actors.Timetable;

/// <summary>
/// The clock on the wall as somebody would write it down who looked at it each minute from the end of 2023 to the beginning of 2025: when
/// it first showed each time, or a later one.
/// </summary>
internal sealed class WallClock
{
    private readonly Dictionary<DateTime, DateTimeOffset> _first = [];

    public WallClock(string zone)
    {
        Zone = TimeZoneInfo.FindSystemTimeZoneById(zone);
        DateTimeOffset at = new(2023, 12, 1, 0, 0, 0, TimeSpan.Zero);
        DateTime next = TimeZoneInfo.ConvertTime(at, Zone).DateTime;
        for (; at.Year < 2025 || at.Month < 3; at = at.AddMinutes(1))
        {
            for (DateTime shown = TimeZoneInfo.ConvertTime(at, Zone).DateTime; next <= shown; next = next.AddMinutes(1))
            {
                _first[next] = at;
            }
        }
    }

    public TimeZoneInfo Zone { get; }

    public DateTimeOffset First(DateOnly date, TimeOnly time) => _first[date.ToDateTime(time)];
}
