using Xunke.Actors.Live;
using Xunke.Actors.Timetable;

namespace Xunke.Actors.Lessons;

/// <summary>Tells what the rooms have by their schools' timetables. Callable from any thread.</summary>
public interface ITimetable
{
    /// <summary>What a room has now, and should have.</summary>
    /// <param name="schoolId">The room's school.</param>
    /// <param name="roomId">The room.</param>
    /// <param name="at">Now.</param>
    /// <returns>Null where no day plan says when the school's periods are.</returns>
    RoomPlan? At(string schoolId, string roomId, DateTimeOffset at);

    /// <summary>Pupils on the books of a class; null: not known.</summary>
    int? EnrolledOf(string classId);
}

/// <summary>A time in which a lesson may begin.</summary>
/// <param name="Limit">When the lesson ends at the latest.</param>
/// <param name="Plan">What the timetable has then; null: nothing.</param>
internal sealed record LessonPeriod(DateTimeOffset Limit, LessonPlan? Plan)
{
    /// <summary>The one that an instant lies in; null: no lesson begins now.</summary>
    public static LessonPeriod? At(RoomRegistration room, DateTimeOffset at, LessonRules rules, ITimetable timetable)
    {
        if (timetable.At(room.SchoolId, room.RoomId, at) is { } plan)
        {
            return ByTimetable(plan, at, rules, timetable);
        }

        return rules.Periods.IsEmpty
            ? rules.OnlyPlanned ? null : new LessonPeriod(at + rules.Longest, null)
            : rules.Periods.EndOf(at) is { } end ? new LessonPeriod(end, null)
            : null;
    }

    /// <summary>The one of a lesson that somebody begins by hand: what there is then, or up to the longest where nothing is.</summary>
    public static LessonPeriod ByHand(RoomRegistration room, DateTimeOffset at, LessonRules rules, ITimetable timetable) =>
        At(room, at, rules with { OnlyPlanned = false }, timetable) ?? new LessonPeriod(at + rules.Longest, null);

    private static LessonPeriod? ByTimetable(RoomPlan plan, DateTimeOffset at, LessonRules rules, ITimetable timetable)
    {
        var isPlanned = plan.Now is not null || plan.Period?.Period.Kind == PeriodKind.AfterSchool;
        if (rules.OnlyPlanned && !isPlanned)
        {
            return null;
        }

        if (LessonPlan.Of(plan, timetable) is { } lesson)
        {
            return new LessonPeriod(lesson.To, lesson);
        }

        // Between the periods a class has what nobody planned, until the next begins.
        var next = plan.Next?.From < plan.NextPeriod?.From ? plan.Next.From : plan.NextPeriod?.From ?? plan.Next?.From;
        return new LessonPeriod(next < at + rules.Longest ? next.Value : at + rules.Longest, null);
    }
}
