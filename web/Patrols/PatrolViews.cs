using Xunke.Actors.Forms;
using Xunke.Actors.Live;
using Xunke.Actors.Patrols;
using Xunke.Actors.Visits;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Web.Patrols;

/// <summary>A lesson that goes on now, in a room that the caller may visit. Visits: anybody's to its teacher this term.</summary>
internal sealed record RoundStop(
    string RoomId, string RoomName, string SchoolId, string SchoolName, ClassroomState State, int Seen, int? Expected, LessonView? Lesson,
    int Visits, DateTimeOffset? LastVisit, bool IsDone);

/// <summary>The lessons that go on now, in the order of schools and rooms; IsDone: the caller has been there in this lesson.</summary>
internal sealed record RoundView(DateTimeOffset At, PatrolForm? Form, RoundStop[] Stops, PatrolDay Today);

/// <summary>The form of rounds; null where the district has withdrawn all.</summary>
internal sealed record PatrolForm(Guid FormId, int Version, string Name, string NameEn, FormContent Content);

/// <summary>The caller's rounds of today: rooms, those with an exception, and minutes in rooms.</summary>
internal sealed record PatrolDay(int Rooms, int Exceptions, int Minutes);

/// <summary>What is found in a room. Where, when and in which lesson the visit says.</summary>
internal sealed record WrittenPatrol(
    Guid FormId, int Version, IReadOnlyDictionary<string, FormAnswer>? Answers, int? Present, string? Note);

/// <summary>What was found in a room on a round. Minutes: how long the visit lasted; null while it lasts.</summary>
internal sealed record PatrolView(
    Guid VisitId, DateTimeOffset At, DateTimeOffset ChangedAt, string RoomId, string RoomName, string SchoolId, string SchoolName,
    string UserName, string DisplayName, string? TeacherName, string? ClassName, string? SubjectName, Guid FormId, int FormVersion,
    IReadOnlyDictionary<string, FormAnswer> Answers, bool IsException, int? Expected, int? Seen, int? Present, string Note, double? Minutes,
    bool MayChange)
{
    /// <summary>Of what is on record, with names as the books have them now.</summary>
    public static PatrolView Of(Patrol patrol, Visit? visit, SchoolBook book, BookNames names, bool mayChange) => new(
        patrol.VisitId, patrol.At, patrol.ChangedAt, patrol.RoomId, book.FindRoom(patrol.RoomId)?.Name ?? patrol.RoomId, patrol.SchoolId,
        book.FindSchool(patrol.SchoolId)?.Name ?? patrol.SchoolId, patrol.UserName, patrol.DisplayName, names.Teacher(patrol.TeacherId),
        names.Class(patrol.ClassId), names.Subject(patrol.SubjectId), patrol.FormId, patrol.FormVersion, patrol.Answers,
        patrol.IsException, patrol.Expected, patrol.Seen, patrol.Present, patrol.Note,
        visit?.To is { } to ? (to - visit.From).TotalMinutes : null, mayChange);
}

/// <summary>Patrols, with the versions of forms that they were filled in by.</summary>
internal sealed record PatrolList(PatrolView[] Patrols, PatrolForm[] Forms);
