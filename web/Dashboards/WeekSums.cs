using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Alerts;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Web.Identity;

namespace Xunke.Web.Dashboards;

/// <summary>
/// What a school had in a stretch of a week. Timed: lessons on record that the timetable knows; OnTime: of them, begun on time. Alerts and
/// Visits are null where the caller does not see all of the school's.
/// </summary>
internal sealed record WeekSums(DateTimeOffset From, DateTimeOffset To, int Lessons, int Timed, int OnTime, int? Alerts, int? Visits)
{
    /// <summary>Counts.</summary>
    public static async Task<WeekSums> ReadAsync(
        RecordsContext records, Caller caller, string schoolId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var lessons = await records.Lessons.AsNoTracking().VisibleTo(caller, records)
            .Where(lesson => lesson.SchoolId == schoolId && lesson.From >= from && lesson.From < to)
            .Select(lesson => new { lesson.From, lesson.PlannedFrom }).ToListAsync(cancellationToken);
        return new WeekSums(
            from, to, lessons.Count, lessons.Count(lesson => lesson.PlannedFrom is not null),
            lessons.Count(lesson => lesson.From - lesson.PlannedFrom <= TimeSpan.FromMinutes(DayLesson.OnTimeMinutes)),
            caller.May(Permission.SeeAlerts, schoolId)
                ? await records.Alerts.CountAsync(
                    alert => alert.SchoolId == schoolId && alert.RaisedAt >= from && alert.RaisedAt < to, cancellationToken)
                : null,
            caller.May(Permission.SeeVisits, schoolId)
                ? await records.Visits.CountAsync(
                    visit => visit.SchoolId == schoolId && visit.From >= from && visit.From < to, cancellationToken)
                : null);
    }
}

/// <summary>This week from its Monday to now, and the last one to the same weekday and time.</summary>
internal sealed record SchoolWeeks(string SchoolId, WeekSums This, WeekSums Last);
