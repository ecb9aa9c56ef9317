using Xunke.Actors.Alerts;
using Xunke.Actors.Bookings;
using Xunke.Actors.Books;
using Xunke.Actors.Lessons;
using Xunke.Actors.Observations;
using Xunke.Actors.Patrols;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Actors.Rectifications;
using Xunke.Actors.Visits;

namespace Xunke.Web.Identity;

/// <summary>Which records a caller may know of: every query of them begins here.</summary>
internal static class VisibleRecords
{
    /// <summary>The visits that the caller may see.</summary>
    public static IQueryable<Visit> VisibleTo(this IQueryable<Visit> visits, Caller caller)
    {
        IReadOnlyList<string>? schools = caller.Scope.Schools;
        IQueryable<Visit> within = schools is null ? visits : visits.Where(visit => schools.Contains(visit.SchoolId));
        return caller.ReachOf(Permission.SeeVisits) switch
        {
            Reach.District or Reach.Schools => within,
            Reach.School => visits.Where(visit => visit.SchoolId == caller.SchoolId),
            Reach.Own => within.Where(visit => visit.UserName == caller.UserName),
            _ => visits.Where(_ => false),
        };
    }

    /// <summary>What was found on rounds that the caller may see: a teacher's own are those of the teacher's lessons.</summary>
    public static IQueryable<Patrol> VisibleTo(this IQueryable<Patrol> patrols, Caller caller, RecordsContext records)
    {
        IQueryable<string> own = OwnTeachers(caller, records);
        IReadOnlyList<string>? schools = caller.Scope.Schools;
        IQueryable<Patrol> within = schools is null ? patrols : patrols.Where(patrol => schools.Contains(patrol.SchoolId));
        return caller.ReachOf(Permission.SeePatrols) switch
        {
            Reach.District or Reach.Schools => within,
            Reach.School => patrols.Where(patrol => patrol.SchoolId == caller.SchoolId),
            Reach.Own when caller.May(Permission.Patrol) => within.Where(patrol => patrol.UserName == caller.UserName),
            Reach.Own => patrols.Where(patrol => patrol.TeacherId != null && own.Contains(patrol.TeacherId)),
            _ => patrols.Where(_ => false),
        };
    }

    /// <summary>
    /// The recordings that the caller may see: an inspector's are those of own visits and wishes; a teacher's, who visits nobody, are those
    /// that show an own lesson or were booked for one, and show no other teacher's.
    /// </summary>
    public static IQueryable<Recording> VisibleTo(this IQueryable<Recording> recordings, Caller caller, RecordsContext records)
    {
        IReadOnlyList<string>? schools = caller.Scope.Schools;
        IQueryable<Recording> within =
            schools is null ? recordings : recordings.Where(recording => schools.Contains(recording.SchoolId));
        return caller.ReachOf(Permission.SeeRecordings) switch
        {
            Reach.District or Reach.Schools => within,
            Reach.School => recordings.Where(recording => recording.SchoolId == caller.SchoolId),
            Reach.Own when caller.May(Permission.VisitRooms) => within.Where(recording => recording.UserName == caller.UserName),
            Reach.Own => recordings.ShowingOnly(OwnTeachers(caller, records), records),
            _ => recordings.Where(_ => false),
        };
    }

    /// <summary>
    /// The lessons that the caller may see; a teacher's own are those that the timetable gave to that teacher. Who is limited to subjects
    /// sees no lesson whose subject is not known.
    /// </summary>
    public static IQueryable<Lesson> VisibleTo(this IQueryable<Lesson> lessons, Caller caller, RecordsContext records)
    {
        IQueryable<string> own = OwnTeachers(caller, records);
        (IReadOnlyList<string>? schools, IReadOnlyList<string>? subjects) = (caller.Scope.Schools, caller.Scope.Subjects);
        IQueryable<Lesson> within = schools is null ? lessons : lessons.Where(lesson => schools.Contains(lesson.SchoolId));
        within = subjects is null
            ? within
            : within.Where(lesson => lesson.SubjectId != null && subjects.Contains(lesson.SubjectId));
        return caller.ReachOf(Permission.SeeLessons) switch
        {
            Reach.District or Reach.Schools => within,
            Reach.School => lessons.Where(lesson => lesson.SchoolId == caller.SchoolId),
            Reach.Own => lessons.Where(lesson => lesson.TeacherId != null && own.Contains(lesson.TeacherId)),
            _ => lessons.Where(_ => false),
        };
    }

    /// <summary>
    /// The wishes to record that the caller may know of: those of the schools for which the caller decides; otherwise those that the caller
    /// made, and those for own lessons.
    /// </summary>
    public static IQueryable<Booking> VisibleTo(this IQueryable<Booking> bookings, Caller caller, RecordsContext records)
    {
        IQueryable<string> own = OwnTeachers(caller, records);
        return caller.ReachOf(Permission.DecideRecordings) switch
        {
            Reach.District => bookings,
            Reach.School => bookings.Where(booking => booking.SchoolId == caller.SchoolId),
            _ when caller.May(Permission.AskForRecordings) => bookings.Where(booking => booking.UserName == caller.UserName
                || (booking.TeacherId != null && own.Contains(booking.TeacherId))),
            _ => bookings.Where(_ => false),
        };
    }

    /// <summary>
    /// The observations that the caller may read: own ones, those of own lessons once they are sent, and where the caller decides about
    /// appeals all that are sent.
    /// </summary>
    public static IQueryable<Observation> VisibleTo(this IQueryable<Observation> observations, Caller caller, RecordsContext records)
    {
        IQueryable<string> own = OwnTeachers(caller, records);
        (Reach reach, string who, string? school) = (caller.ReachOf(Permission.DecideAppeals), caller.UserName, caller.SchoolId);
        return caller.ReachOf(Permission.SeeLessons) is Reach.None || caller.MachineScopes.Count > 0
            ? observations.Where(_ => false)
            : observations.Where(one => one.UserName == who
                || (one.State != ObservationState.Draft
                    && ((one.TeacherId != null && own.Contains(one.TeacherId))
                        || reach == Reach.District || (reach == Reach.School && one.SchoolId == school))));
    }

    /// <summary>The alerts that the caller may see, or, by another permission, tend.</summary>
    public static IQueryable<Alert> VisibleTo(
        this IQueryable<Alert> alerts, Caller caller, Permission permission = Permission.SeeAlerts)
    {
        IReadOnlyList<string>? schools = caller.Scope.Schools;
        return caller.ReachOf(permission) switch
        {
            Reach.District => alerts,
            Reach.Schools => alerts.Where(alert => schools!.Contains(alert.SchoolId)), // That reach comes of a scope with schools.
            Reach.School => alerts.Where(alert => alert.SchoolId == caller.SchoolId),
            _ => alerts.Where(_ => false),
        };
    }

    /// <summary>The notices of rectification that the caller may see: those of the schools, and those that name the caller.</summary>
    public static IQueryable<Rectification> VisibleTo(this IQueryable<Rectification> notices, Caller caller)
    {
        (string who, IReadOnlyList<string>? schools) = (caller.UserName, caller.Scope.Schools);
        return caller.ReachOf(Permission.SeeRectifications) switch
        {
            Reach.District => notices,
            Reach.Schools => notices.Where(one => schools!.Contains(one.SchoolId)), // That reach comes of a scope with schools.
            Reach.School => notices.Where(one => one.SchoolId == caller.SchoolId),
            Reach.Own => notices.Where(one => one.Responsible == who && one.SchoolId == caller.SchoolId),
            _ => notices.Where(_ => false),
        };
    }

    /// <summary>The teachers on the books who sign in as the caller.</summary>
    private static IQueryable<string> OwnTeachers(Caller caller, RecordsContext records) =>
        records.Teachers.Where(teacher => teacher.UserName == caller.UserName).Select(teacher => teacher.Id);

    private static IQueryable<Recording> ShowingOnly(
        this IQueryable<Recording> recordings, IQueryable<string> teachers, RecordsContext records)
    {
        IQueryable<Lesson> known = records.Lessons.Where(lesson => lesson.TeacherId != null);
        IQueryable<Booking> booked = records.Bookings.Where(booking => booking.TeacherId != null);
        return recordings.Where(recording => recording.To != null)
            .Where(recording => known.Any(lesson => lesson.RoomId == recording.RoomId && lesson.From < recording.To
                    && lesson.To > recording.From && teachers.Contains(lesson.TeacherId!))
                || booked.Any(booking => booking.RecordingId == recording.Id && teachers.Contains(booking.TeacherId!)))
            .Where(recording => !known.Any(lesson => lesson.RoomId == recording.RoomId && lesson.From < recording.To
                && lesson.To > recording.From && !teachers.Contains(lesson.TeacherId!)));
    }
}
