using Xunke.Actors.Lessons;
using Xunke.Actors.Timetable;

namespace Xunke.Actors.Alerts.Trials;

/// <summary>A lesson of the past as the timetable had it, for the room that it was in.</summary>
internal sealed class PastLesson : ITimetable
{
    private readonly Lesson _lesson;
    private readonly PlannedLesson _planned;

    private PastLesson(Lesson lesson, PlannedLesson planned) => (_lesson, _planned) = (lesson, planned);

    /// <returns>Null: the timetable had no such lesson, so no rule counts in it.</returns>
    public static PastLesson? Of(Lesson lesson)
    {
        if (lesson is not { EntryId: { } entryId, PlannedFrom: { } from, PlannedTo: { } to })
        {
            return null;
        }

        var date = lesson.PlannedDate ?? DateOnly.FromDateTime(from.UtcDateTime);
        var period = new PlannedPeriod(
            new Period(lesson.Period ?? 1, string.Empty, PeriodKind.Lesson, TimeOnly.MinValue, TimeOnly.MaxValue), from, to);
        return new PastLesson(lesson, new PlannedLesson(
            entryId, lesson.ClassId ?? string.Empty, lesson.SubjectId ?? string.Empty, lesson.TeacherId, lesson.RoomId, date, period,
            LessonState.Held, null, new UnchangedLesson(date, lesson.TeacherId, lesson.RoomId, period)));
    }

    /// <inheritdoc />
    public RoomPlan? At(string schoolId, string roomId, DateTimeOffset at) => _planned.IsAt(roomId, at)
        ? new RoomPlan(_planned, [], _planned, null, _planned.Period, null, _planned.From, _planned.To)
        : RoomPlan.Unknown;

    /// <inheritdoc />
    public int? EnrolledOf(string classId) => _lesson.Enrolled;
}
