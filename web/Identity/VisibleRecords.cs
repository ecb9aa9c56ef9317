using Xunke.Actors.Lessons;
using Xunke.Actors.Recordings;
using Xunke.Actors.Visits;


namespace Xunke.Web.Identity;

/// <summary>Which records a caller may know of: every query of them begins here.</summary>
internal static class VisibleRecords
{
    /// <summary>The visits that the caller may see.</summary>
    public static IQueryable<Visit> VisibleTo(this IQueryable<Visit> visits, Caller caller) => caller.ReachOf(Permission.SeeVisits) switch
    {
        Reach.District => visits,
        Reach.School => visits.Where(visit => visit.SchoolId == caller.SchoolId),
        Reach.Own => visits.Where(visit => visit.UserName == caller.UserName),
        _ => visits.Where(_ => false),
    };

    /// <summary>The recordings that the caller may see; an inspector's are those of own visits.</summary>
    public static IQueryable<Recording> VisibleTo(this IQueryable<Recording> recordings, Caller caller) => caller.ReachOf(Permission.SeeRecordings) switch
    {
        Reach.District => recordings,
        Reach.School => recordings.Where(recording => recording.SchoolId == caller.SchoolId),
        Reach.Own => recordings.Where(recording => recording.UserName == caller.UserName),
        _ => recordings.Where(_ => false),
    };

    /// <summary>The lessons that the caller may see. No lesson is anybody's own yet.</summary>
    public static IQueryable<Lesson> VisibleTo(this IQueryable<Lesson> lessons, Caller caller) => caller.ReachOf(Permission.SeeLessons) switch
    {
        Reach.District => lessons,
        Reach.School => lessons.Where(lesson => lesson.SchoolId == caller.SchoolId),
        _ => lessons.Where(_ => false),
    };
}
