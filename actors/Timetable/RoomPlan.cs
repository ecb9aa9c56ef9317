using System.Collections.Immutable;

namespace Xunke.Actors.Timetable;

/// <summary>What is in a room by the timetable at an instant, and what should be.</summary>
/// <param name="Now">The lesson that is in the room after all changes; null: none. Of two, the one that was changed last.</param>
/// <param name="AlsoNow">Others that are in the room at the same time: an error in the timetable.</param>
/// <param name="Usual">The lesson that would be in the room without changes, with what became of it: cancelled, elsewhere, or another room
/// or time. Null: none.</param>
/// <param name="Next">The next lesson in the room on the same date; null: none.</param>
/// <param name="Period">The period of the school's day; null: between periods.</param>
/// <param name="NextPeriod">The next period of the date; null: none.</param>
/// <param name="From">Since when all this is so.</param>
/// <param name="To">Until when all this is so.</param>
public sealed record RoomPlan(
    PlannedLesson? Now, ImmutableArray<PlannedLesson> AlsoNow, PlannedLesson? Usual, PlannedLesson? Next, PlannedPeriod? Period,
    PlannedPeriod? NextPeriod, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Nothing is known of the room.</summary>
    public static RoomPlan Unknown { get; } =
        new(null, [], null, null, null, null, DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
}
