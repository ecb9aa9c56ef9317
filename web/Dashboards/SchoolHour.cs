using Xunke.Actors.Alerts;
using Xunke.Actors.Live;
using Xunke.Actors.Timetable;
using Xunke.Web.Timetable;

namespace Xunke.Web.Dashboards;

/// <summary>A lesson of the timetable in a few words.</summary>
internal sealed record HourLesson(
    string ClassName, string SubjectName, string SubjectNameEn, string? TeacherName, string PeriodName, PeriodKind Kind,
    DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>With names as the books have them now.</summary>
    public static HourLesson Of(PlannedLesson lesson, BookNames names) => new(
        names.Class(lesson.ClassId)!, names.Subject(lesson.SubjectId)!, names.SubjectEn(lesson.SubjectId)!,
        names.Teacher(lesson.TeacherId), lesson.Period.Period.Name, lesson.Period.Period.Kind, lesson.From, lesson.To);
}

/// <summary>A room in this minute. People: seen at seats, null where the camera says nothing; Expected: null where it is not known;
/// Lesson: what the timetable has in it now.</summary>
internal sealed record HourRoom(
    string RoomId, string RoomName, ClassroomState State, int? People, int? Expected, HourLesson? Lesson);

/// <summary>An alert that waits for somebody, in a few words; RoomId null: the whole school.</summary>
internal sealed record HourAlert(
    Guid AlertId, string? RoomId, AlertKind Kind, AlertSeverity Severity, bool IsTaken, DateTimeOffset RaisedAt);

/// <summary>
/// A school in this hour. Alerts: those that wait for somebody, the most severe first, at most fifty of AllAlerts; null where the caller
/// sees none. Period null: between periods.
/// </summary>
internal sealed record SchoolHour(
    string SchoolId, string SchoolName, string SchoolNameEn, DateTimeOffset At, bool HasPeriods, string? Period, DateTimeOffset? Until,
    HourRoom[] Rooms, HourAlert[]? Alerts, int? AllAlerts);
