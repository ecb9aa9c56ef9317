using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Alerts;
using Xunke.Actors.Lessons;
using Xunke.Actors.Live;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Live;
using Xunke.Web.Patrols;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Web.Dashboards;

/// <summary>A school, and the district, in this hour: <c>/api/dashboards</c>. The pages count every figure from these rows.</summary>
internal static class DashboardsFeature
{
    private const int MostAlerts = 50;

    public static void MapDashboards(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/dashboards").WithTags("Dashboards")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("/district", DistrictAsync).Require(Permission.WatchRooms)
            .WithSummary("By school: rooms with a lesson now, those where people are seen, those without a picture, alerts that wait");
        RouteGroupBuilder school = group.MapGroup("/schools/{schoolId}").Require(Permission.SeeLessons)
            .ProducesProblem(StatusCodes.Status404NotFound);
        school.MapGet("/", HourAsync)
            .WithSummary("A school in this hour: its rooms with what is planned and seen in them, and alerts that wait; it is a look at the school");
        school.MapGet("/lessons", DayAsync).WithSummary("The lessons of today by the timetable, and how those that are over began");
        school.MapGet("/weeks", WeeksAsync)
            .WithSummary("Lessons, alerts and visits of this week so far, and of the last one to the same weekday and time");
    }

    private static async Task<Ok<DistrictHour>> DistrictAsync(
        Caller caller, SchoolBook book, TimetableBook timetable, LiveBoard board, RecordsContext records, Looks looks, TimeProvider time,
        CancellationToken cancellationToken)
    {
        await looks.TryRecordAsync(caller, LookKinds.District, LiveHub.District, LookKinds.Wall);
        DateTimeOffset now = time.GetUtcNow();
        var alerts = await OpenAlerts(records, caller)
            .GroupBy(alert => new { alert.SchoolId, IsSevere = alert.State == AlertState.Firing && alert.Severity == AlertSeverity.High })
            .Select(group => new { group.Key.SchoolId, group.Key.IsSevere, Count = group.Count() }).ToListAsync(cancellationToken);
        return TypedResults.Ok(new DistrictHour(now,
        [
            .. from school in book.Schools
               where caller.MaySee(school.SchoolId)
               let busy = school.Rooms.Where(room => timetable.At(school.SchoolId, room.RoomId, now)?.Now is not null)
                   .Select(room => board.FindRoom(room.RoomId)?.Newest?.View).ToArray()
               let sees = caller.May(Permission.SeeAlerts, school.SchoolId)
               let own = alerts.Where(alert => alert.SchoolId == school.SchoolId).ToArray()
               select new SchoolMinute(
                   school.SchoolId, busy.Length, busy.Count(view => view is { State: ClassroomState.Live, People: > 0 }),
                   busy.Count(view => view?.State is null or ClassroomState.Offline or ClassroomState.Stalled),
                   sees ? own.Sum(alert => alert.Count) : null, sees ? own.Where(alert => alert.IsSevere).Sum(alert => alert.Count) : null),
        ]));
    }

    private static async Task<Results<Ok<SchoolHour>, ProblemHttpResult>> HourAsync(
        string schoolId, Caller caller, SchoolBook book, TimetableBook timetable, LiveBoard board, RecordsContext records, Looks looks,
        TimeProvider time, CancellationToken cancellationToken)
    {
        if (RefusalOf(schoolId, caller, book, out SchoolEntry? school) is { } refusal)
        {
            return refusal;
        }

        await looks.RecordAsync(caller, LookKinds.School, schoolId, LookKinds.Wall);
        DateTimeOffset now = time.GetUtcNow();
        bool sees = caller.May(Permission.SeeAlerts, schoolId);
        IQueryable<Alert> open = OpenAlerts(records, caller).Where(alert => alert.SchoolId == schoolId);
        List<HourAlert>? alerts = sees
            ? await open.OrderByDescending(alert => alert.Severity).ThenByDescending(alert => alert.RaisedAt).Take(MostAlerts)
                .Select(alert => new HourAlert(
                    alert.Id, alert.RoomId, alert.Kind, alert.Severity, alert.State == AlertState.Acknowledged, alert.RaisedAt))
                .ToListAsync(cancellationToken)
            : null;
        int? all = alerts is null ? null : alerts.Count < MostAlerts ? alerts.Count : await open.CountAsync(cancellationToken);
        RoomPlan[] plans = [.. school!.Rooms.Select(room => timetable.At(schoolId, room.RoomId, now) ?? RoomPlan.Unknown)];
        PlannedPeriod? period = plans.Select(plan => plan.Period).FirstOrDefault(one => one is not null);
        return TypedResults.Ok(new SchoolHour(
            schoolId, school.Name, school.NameEn, now, timetable.Of(schoolId).HasPeriods, period?.Period.Name, period?.To,
            [
                .. school.Rooms.Zip(plans, (room, plan) =>
                {
                    RoomView? view = board.FindRoom(room.RoomId)?.Newest?.View;
                    return new HourRoom(
                        room.RoomId, room.Name, view?.State ?? ClassroomState.Offline,
                        view is { State: ClassroomState.Live } ? view.People : null,
                        RoundFeature.ExpectedIn(timetable, room, plan.Now?.ClassId),
                        plan.Now is null ? null : HourLesson.Of(plan.Now, timetable.Names));
                }),
            ],
            alerts?.ToArray(), all));
    }

    private static async Task<Results<Ok<SchoolDay>, ProblemHttpResult>> DayAsync(
        string schoolId, Caller caller, SchoolBook book, TimetableBook timetable, RecordsContext records, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (RefusalOf(schoolId, caller, book, out _) is { } refusal)
        {
            return refusal;
        }

        DateTimeOffset now = time.GetUtcNow();
        DateOnly today = timetable.Today;
        System.Collections.Immutable.ImmutableArray<PlannedLesson> planned = timetable.Of(schoolId).On(today);
        DateTimeOffset since = now.AddHours(-24);
        var found = await records.Lessons.AsNoTracking().VisibleTo(caller, records)
            .Where(lesson => lesson.SchoolId == schoolId && lesson.From >= since && lesson.EntryId != null)
            .OrderBy(lesson => lesson.From)
            .Select(lesson => new { lesson.Id, EntryId = lesson.EntryId!.Value, lesson.PlannedDate, lesson.From })
            .ToListAsync(cancellationToken);
        // A camera that was away for a while leaves two records of one lesson: the first tells how it began.
        var begun = found.GroupBy(lesson => (lesson.EntryId, lesson.PlannedDate)).ToDictionary(some => some.Key, some => some.First());
        return TypedResults.Ok(new SchoolDay(schoolId, today, DayLesson.OnTimeMinutes,
        [
            .. planned.Select(lesson =>
            {
                var seen = begun.GetValueOrDefault((lesson.EntryId, lesson.Unchanged.Date));
                return new DayLesson(
                    seen?.Id, lesson.RoomId, lesson.RoomId is null ? null : book.FindRoom(lesson.RoomId)?.Name ?? lesson.RoomId,
                    HourLesson.Of(lesson, timetable.Names), DayLesson.BeginningOf(lesson, seen?.From, now),
                    seen is null ? null : Math.Max(0, (seen.From - lesson.From).TotalMinutes));
            }),
        ]));
    }

    private static async Task<Results<Ok<SchoolWeeks>, ProblemHttpResult>> WeeksAsync(
        string schoolId, Caller caller, SchoolBook book, TimetableBook timetable, RecordsContext records, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (RefusalOf(schoolId, caller, book, out _) is { } refusal)
        {
            return refusal;
        }

        DateTimeOffset now = time.GetUtcNow();
        DateOnly monday = Weeks.SameWeek(timetable.Today, 1);
        var clock = new DistrictClock(time.LocalTimeZone);
        DateTimeOffset from = clock.InstantOf(monday, default);
        DateTimeOffset before = clock.InstantOf(monday.AddDays(-7), default);
        return TypedResults.Ok(new SchoolWeeks(
            schoolId,
            await WeekSums.ReadAsync(records, caller, schoolId, from, now, cancellationToken),
            await WeekSums.ReadAsync(records, caller, schoolId, before, before + (now - from), cancellationToken)));
    }

    private static IQueryable<Alert> OpenAlerts(RecordsContext records, Caller caller) => records.Alerts.AsNoTracking().VisibleTo(caller)
        .Where(alert => alert.State == AlertState.Firing || alert.State == AlertState.Acknowledged);

    /// <summary>Whether a school exists is told only to those who may see it.</summary>
    private static ProblemHttpResult? RefusalOf(string schoolId, Caller caller, SchoolBook book, out SchoolEntry? school)
    {
        school = book.FindSchool(schoolId);
        return !caller.May(Permission.SeeLessons, schoolId) ? Problems.Forbidden()
            : school is null ? Problems.UnknownSchool()
            : null;
    }
}
