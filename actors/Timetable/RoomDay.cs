using System.Collections.Immutable;

namespace Xunke.Actors.Timetable;

/// <summary>What a room has on a date, made once: the answer for an instant is looked up.</summary>
internal sealed class RoomDay
{
    private readonly long[] _starts;
    private readonly RoomPlan[] _plans;

    /// <param name="from">The date's first instant.</param>
    /// <param name="to">The first instant of the next.</param>
    /// <param name="held">The lessons that are in the room, in their order.</param>
    /// <param name="usual">The lessons that would be in it without changes.</param>
    /// <param name="periods">The periods of the date.</param>
    public RoomDay(
        DateTimeOffset from, DateTimeOffset to, ImmutableArray<PlannedLesson> held, ImmutableArray<PlannedLesson> usual,
        ImmutableArray<PlannedPeriod> periods)
    {
        var borders = new SortedSet<DateTimeOffset> { from };
        foreach (var period in held.Select(lesson => lesson.Period).Concat(usual.Select(lesson => lesson.Unchanged.Period)).Concat(periods))
        {
            if (period is not null)
            {
                borders.Add(period.From);
                borders.Add(period.To);
            }
        }

        DateTimeOffset[] starts = [.. borders.Where(border => border >= from && border < to)];
        periods = periods.Sort((one, other) => one.From.CompareTo(other.From));
        _starts = [.. starts.Select(start => start.UtcTicks)];
        _plans = new RoomPlan[starts.Length];
        for (var i = 0; i < starts.Length; i++)
        {
            var start = starts[i];
            ImmutableArray<PlannedLesson> now = [.. InOrder(held.Where(lesson => lesson.Period.Contains(start)))];
            var period = periods.FirstOrDefault(one => one.Contains(start));
            _plans[i] = new RoomPlan(
                now.FirstOrDefault(), now.Length > 1 ? now[1..] : [],
                InOrder(usual.Where(lesson => lesson.Unchanged.Period?.Contains(start) == true)).FirstOrDefault(),
                held.FirstOrDefault(lesson => lesson.From > start && lesson.To > lesson.From),
                period,
                periods.FirstOrDefault(one => one.From > start),
                start, i + 1 < starts.Length ? starts[i + 1] : to);
        }
    }

    public RoomPlan At(DateTimeOffset at)
    {
        var index = Array.BinarySearch(_starts, at.UtcTicks);
        return _plans[Math.Max(0, index < 0 ? ~index - 1 : index)];
    }

    private static IOrderedEnumerable<PlannedLesson> InOrder(IEnumerable<PlannedLesson> lessons) => lessons
        .OrderByDescending(lesson => lesson.Change?.MadeAt ?? DateTimeOffset.MinValue)
        .ThenBy(lesson => lesson.ClassId, StringComparer.Ordinal).ThenBy(lesson => lesson.EntryId);
}
