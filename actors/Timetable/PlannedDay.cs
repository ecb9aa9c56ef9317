using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Xunke.Actors.Timetable;

/// <summary>All lessons of a school on a date, and what each room has at each instant of it.</summary>
internal sealed class PlannedDay
{
    private readonly FrozenDictionary<string, RoomDay> _rooms;
    private readonly RoomDay _otherRooms;

    /// <param name="date">The date.</param>
    /// <param name="from">Its first instant.</param>
    /// <param name="to">The first instant of the next.</param>
    /// <param name="lessons">Its lessons after changes.</param>
    /// <param name="usual">The lessons that the date would have without changes.</param>
    /// <param name="periods">The periods of each room that is a class's own, and, by the empty name, those of all other rooms.</param>
    public PlannedDay(
        DateOnly date, DateTimeOffset from, DateTimeOffset to, IEnumerable<PlannedLesson> lessons, IReadOnlyCollection<PlannedLesson> usual,
        IReadOnlyDictionary<string, ImmutableArray<PlannedPeriod>> periods)
    {
        Date = date;
        From = from;
        To = to;
        Lessons = [.. lessons.OrderBy(lesson => lesson.From).ThenBy(lesson => lesson.To)
            .ThenBy(lesson => lesson.ClassId, StringComparer.Ordinal).ThenBy(lesson => lesson.EntryId)];
        var held = Lessons.Where(lesson => lesson is { State: LessonState.Held, RoomId: not null }).ToLookup(lesson => lesson.RoomId!);
        var before = usual.Where(lesson => lesson.Unchanged.RoomId is not null).ToLookup(lesson => lesson.Unchanged.RoomId!);
        var others = periods[""];
        _rooms = held.Select(room => room.Key).Concat(before.Select(room => room.Key)).Concat(periods.Keys).Distinct().ToFrozenDictionary(
            room => room,
            room => new RoomDay(from, to, [.. held[room]], [.. before[room]], periods.TryGetValue(room, out var own) ? own : others));
        _otherRooms = _rooms[""];
    }

    /// <summary>The date.</summary>
    public DateOnly Date { get; }

    /// <summary>Its first instant.</summary>
    public DateTimeOffset From { get; }

    /// <summary>The first instant of the next.</summary>
    public DateTimeOffset To { get; }

    /// <summary>Its lessons, in their order.</summary>
    public ImmutableArray<PlannedLesson> Lessons { get; }

    /// <summary>Whether an instant lies in it.</summary>
    public bool Contains(DateTimeOffset at) => at >= From && at < To;

    /// <summary>What a room has.</summary>
    public RoomPlan At(string roomId, DateTimeOffset at) => (_rooms.TryGetValue(roomId, out var room) ? room : _otherRooms).At(at);
}
