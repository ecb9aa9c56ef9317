using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Live;
using Xunke.Actors.Patrols;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Actors.Visits;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Live;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Web.Patrols;

/// <summary>Where to go on a round (巡课): exactly the rooms that have a lesson now: <c>/api/patrols/round</c>.</summary>
internal static class RoundFeature
{
    public static void MapRound(this IEndpointRouteBuilder app) => app.MapGet("/api/patrols/round", ReadAsync)
        .Require(Permission.Patrol).WithTags("Patrols")
        .WithSummary("The rooms that have a lesson now, of one school or of all that the caller may visit, and the form of rounds")
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<Results<Ok<RoundView>, ProblemHttpResult>> ReadAsync(
        Caller caller, SchoolBook book, TimetableBook timetable, LiveBoard board, RecordsContext records,
        TermVisitsKeeper keeper, TimeProvider time, CancellationToken cancellationToken, string? schoolId = null)
    {
        if (schoolId is not null && !caller.May(Permission.Patrol, schoolId))
        {
            return Problems.Forbidden();
        }

        DateTimeOffset now = time.GetUtcNow();
        List<Visit> own = await records.Visits.AsNoTracking()
            .Where(visit => visit.UserName == caller.UserName && visit.From > now.AddDays(-1)).ToListAsync(cancellationToken);
        TermVisits visits = await keeper.ReadAsync(records, timetable.Today, own.Max(visit => visit.To), cancellationToken);
        List<Patrol> done = await records.Patrols.AsNoTracking()
            .Where(patrol => patrol.UserName == caller.UserName && patrol.Date == timetable.Today).ToListAsync(cancellationToken);
        HashSet<Guid> checkedVisits = [.. done.Select(patrol => patrol.VisitId)];
        HashSet<(Guid, DateOnly)> checkedLessons = [.. own.Where(visit => checkedVisits.Contains(visit.Id) && visit.Lesson is not null)
            .Select(visit => (visit.Lesson!.EntryId, visit.Lesson.Date))];
        HashSet<string> checkedRooms = [.. own.Where(visit => checkedVisits.Contains(visit.Id) && visit.From > now.AddMinutes(-40))
            .Select(visit => visit.RoomId)];

        var views = new PlannedViews(timetable.Names, book);
        RoundStop[] stops =
        [
            .. from school in book.Schools
               where caller.May(Permission.Patrol, school.SchoolId) && (schoolId is null || school.SchoolId == schoolId)
               let hasPeriods = timetable.Of(school.SchoolId).HasPeriods
               from room in school.Rooms
               let plan = timetable.At(school.SchoolId, room.RoomId, now)
               let lesson = plan?.Now
               let view = board.FindRoom(room.RoomId)?.Newest?.View
               // Where no timetable says it, a class that is seen is a lesson.
               where hasPeriods ? lesson is not null : view is { State: ClassroomState.Live, People: > 1 }
               where caller.Scope.HasSubject(lesson?.SubjectId)
               select new RoundStop(
                   room.RoomId, room.Name, school.SchoolId, school.Name, view?.State ?? ClassroomState.Offline, view?.People ?? 0,
                   ExpectedIn(timetable, room, lesson?.ClassId), views.Of(lesson), visits.Of(lesson?.TeacherId)?.Count ?? 0,
                   visits.Of(lesson?.TeacherId)?.Last,
                   lesson is null ? checkedRooms.Contains(room.RoomId)
                       : checkedLessons.Contains((lesson.EntryId, lesson.Unchanged.Date))),
        ];
        double minutes = own.Where(visit => checkedVisits.Contains(visit.Id))
            .Sum(visit => ((visit.To ?? now) - visit.From).TotalMinutes);
        return TypedResults.Ok(new RoundView(
            now, await PatrolForms.NewestAsync(records, cancellationToken), stops,
            new PatrolDay(done.Count, done.Count(patrol => patrol.IsException), (int)Math.Round(minutes))));
    }

    /// <summary>Pupils on the books of the class that has the lesson, or of the room's own; null: not known.</summary>
    public static int? ExpectedIn(TimetableBook timetable, RoomEntry? room, string? classId) =>
        classId is not null && timetable.EnrolledOf(classId) is { } enrolled ? enrolled
        : room is { Enrolled: > 0 } ? room.Enrolled
        : null;
}
