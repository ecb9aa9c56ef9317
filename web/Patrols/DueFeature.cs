using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Web.Patrols;

/// <summary>The next lesson of today of a teacher whom nobody has visited this term. Lessons: of the teacher, yet to come today.</summary>
internal sealed record DueTeacher(
    string TeacherId, string TeacherName, string SchoolId, string SchoolName, int Lessons, LessonView Next);

/// <summary>The first of them, by the time of the next lesson. All: how many there are.</summary>
internal sealed record DueView(DateOnly Date, int All, DueTeacher[] Teachers);

/// <summary>Who is still to be visited and teaches today: <c>/api/patrols/due</c>. A list by the clock, no ranking.</summary>
internal static class DueFeature
{
    private const int MostListed = 100;

    public static void MapDue(this IEndpointRouteBuilder app) => app.MapGet("/api/patrols/due", ReadAsync)
        .Require(Permission.Patrol).WithTags("Patrols")
        .WithSummary("Teachers with a lesson later today whom nobody has visited this term, by the time of the next lesson")
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<Results<Ok<DueView>, ProblemHttpResult>> ReadAsync(
        Caller caller, SchoolBook book, TimetableBook timetable, RecordsContext records, TermVisitsKeeper keeper,
        TimeProvider time, CancellationToken cancellationToken, string? schoolId = null)
    {
        if (schoolId is not null && !caller.May(Permission.Patrol, schoolId))
        {
            return Problems.Forbidden();
        }

        DateTimeOffset now = time.GetUtcNow();
        TermVisits visits = await keeper.ReadAsync(records, timetable.Today, since: null, cancellationToken);
        var views = new PlannedViews(timetable.Names, book);
        IEnumerable<(SchoolEntry School, PlannedLesson Lesson)> due =
            from school in book.Schools
            where caller.May(Permission.Patrol, school.SchoolId) && (schoolId is null || school.SchoolId == schoolId)
            from lesson in timetable.Of(school.SchoolId).On(timetable.Today)
            where lesson.State is LessonState.Held && lesson.RoomId is not null && lesson.TeacherId is not null && lesson.From > now
            where visits.Of(lesson.TeacherId) is null && caller.Scope.HasSubject(lesson.SubjectId)
            select (school, lesson);
        DueTeacher[] teachers =
        [
            .. due.GroupBy(one => one.Lesson.TeacherId!)
                .Select(lessons => (First: lessons.MinBy(one => one.Lesson.From), Count: lessons.Count()))
                .OrderBy(one => one.First.Lesson.From)
                .Select(one => new DueTeacher(
                    one.First.Lesson.TeacherId!, timetable.Names.Teacher(one.First.Lesson.TeacherId)!, one.First.School.SchoolId,
                    one.First.School.Name, one.Count, views.Of(one.First.Lesson)!)),
        ];
        return TypedResults.Ok(new DueView(timetable.Today, teachers.Length, [.. teachers.Take(MostListed)]));
    }
}
