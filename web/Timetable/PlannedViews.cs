using Xunke.Actors.Timetable;
using Xunke.Web.Schools;

namespace Xunke.Web.Timetable;

/// <summary>A period of a school's day on a date.</summary>
internal sealed record PeriodView(int Number, string Name, PeriodKind Kind, DateTimeOffset From, DateTimeOffset To)
{
    public static PeriodView? Of(PlannedPeriod? period) =>
        period is null ? null : new(period.Period.Number, period.Period.Name, period.Period.Kind, period.From, period.To);
}

/// <summary>A lesson as the timetable has it without its changes.</summary>
internal sealed record UnchangedView(
    DateOnly Date, string? TeacherId, string? TeacherName, string? RoomId, string? RoomName, PeriodView? Period);

/// <summary>A planned lesson with its names. Change says what was done to it last; null where it is as the timetable has it.</summary>
internal sealed record LessonView(
    Guid EntryId, string ClassId, string ClassName, string SubjectId, string SubjectName, string SubjectNameEn, string? TeacherId,
    string? TeacherName, string? RoomId, string? RoomName, DateOnly Date, PeriodView Period, LessonState State, ChangeKind? Change,
    Guid? ChangeId, string? Reason, UnchangedView Unchanged);

/// <summary>What a room has now: after all changes, what it would have without them, and what comes next today. Until says how long that
/// is so, unless somebody changes it.</summary>
internal sealed record RoomNow(
    string RoomId, string RoomName, PeriodView? Period, LessonView? Now, LessonView[] AlsoNow, LessonView? Usual, LessonView? Next,
    DateTimeOffset? Until);

/// <summary>What all rooms of a school have at a time. Without a day plan nothing is known of any.</summary>
internal sealed record SchoolNow(string SchoolId, DateTimeOffset At, bool HasPeriods, RoomNow[] Rooms);

/// <summary>A day of a week: what it is called if it is no ordinary one, the week of the term, and its lessons.</summary>
internal sealed record PlannedDayView(DateOnly Date, DayKind Kind, string? Name, int? Week, PeriodView[] Periods, LessonView[] Lessons);

/// <summary>The lessons of a class, teacher or room in a week, from Monday. Id is the class's, teacher's or room's.</summary>
internal sealed record PlannedWeek(string SchoolId, string Id, string Name, DateOnly From, PlannedDayView[] Days);

/// <summary>Gives planned lessons their names.</summary>
internal sealed class PlannedViews(BookNames names, SchoolBook book)
{
    public RoomNow Of(RoomEntry room, RoomPlan? plan) => new(
        room.RoomId, room.Name, PeriodView.Of(plan?.Period), Of(plan?.Now), [.. plan?.AlsoNow.Select(lesson => Of(lesson)!) ?? []],
        Of(plan?.Usual), Of(plan?.Next), plan?.To);

    public LessonView? Of(PlannedLesson? lesson) => lesson is null ? null : new(
        lesson.EntryId, lesson.ClassId, names.Class(lesson.ClassId)!, lesson.SubjectId, names.Subject(lesson.SubjectId)!,
        names.SubjectEn(lesson.SubjectId)!, lesson.TeacherId, names.Teacher(lesson.TeacherId), lesson.RoomId, Room(lesson.RoomId),
        lesson.Date, PeriodView.Of(lesson.Period)!, lesson.State, lesson.Change?.Kind,
        lesson.Change?.Id, lesson.Change?.Reason, Of(lesson.Unchanged));

    private UnchangedView Of(UnchangedLesson lesson) => new(
        lesson.Date, lesson.TeacherId, names.Teacher(lesson.TeacherId), lesson.RoomId, Room(lesson.RoomId), PeriodView.Of(lesson.Period));

    private string? Room(string? id) => id is null ? null : book.FindRoom(id)?.Name ?? id;
}
