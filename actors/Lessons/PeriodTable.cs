using System.Collections.Immutable;
using System.Globalization;

namespace Xunke.Actors.Lessons;

/// <summary>The periods of a school day (节次).</summary>
public sealed class PeriodTable
{
    private readonly ImmutableArray<(TimeOnly From, TimeOnly To)> _periods;
    private readonly TimeZoneInfo _zone;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="FormatException">One of them is no period, or ends before it begins.</exception>
    public PeriodTable(IEnumerable<string> periods, TimeZoneInfo zone)
    {
        _periods = [.. periods.Select(Parse)];
        _zone = zone;
    }

    /// <summary>There are none: lessons are as long as a class is there.</summary>
    public bool IsEmpty => _periods.IsEmpty;

    /// <summary>When the period that an instant lies in ends; null between periods.</summary>
    public DateTimeOffset? EndOf(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, _zone);
        var time = TimeOnly.FromTimeSpan(local.TimeOfDay);
        foreach (var (from, to) in _periods)
        {
            if (time >= from && time < to)
            {
                return local + (to - time);
            }
        }

        return null;
    }

    private static (TimeOnly From, TimeOnly To) Parse(string period) =>
        period.Split('-') is [string first, string last]
        && TimeOnly.TryParseExact(first.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from)
        && TimeOnly.TryParseExact(last.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var to)
        && from < to
            ? (from, to)
            : throw new FormatException($"节次应写作 08:00-08:45 a period is written 08:00-08:45 (--Lessons:Periods): {period}");
}
