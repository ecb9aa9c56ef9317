using System.Numerics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Web.Patrols;

/// <summary>A school's share of teachers whose lessons somebody has visited this term.</summary>
internal sealed record SchoolCoverage(string SchoolId, string SchoolName, int Teachers, int Visited, int Visits, int Minutes);

/// <summary>Whether somebody has visited a teacher's lessons this term. Weekly: lessons of the timetable in a week.</summary>
internal sealed record TeacherCoverage(
    string TeacherId, string TeacherName, IReadOnlyList<string> Subjects, int Weekly, int Visits, int Minutes, DateTimeOffset? Last);

/// <summary>Whose lessons were visited this term: by schools, or the teachers of one. A visit counts from so many seconds on.</summary>
internal sealed record CoverageView(DateOnly From, int ShortestSeconds, SchoolCoverage[] Schools, TeacherCoverage[]? Teachers);

/// <summary>
/// Who was visited this term, and who by nobody: <c>/api/patrols/coverage</c>. In the order of the books: it is a list of what is due,
/// and no ranking.
/// </summary>
internal static class CoverageFeature
{
    public static void MapCoverage(this IEndpointRouteBuilder app) => app.MapGet("/api/patrols/coverage", ReadAsync)
        .Require(Permission.Patrol).WithTags("Patrols")
        .WithSummary("How many teachers somebody has visited this term, by schools; of one school, each of its teachers")
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<Results<Ok<CoverageView>, ProblemHttpResult>> ReadAsync(
        Caller caller, SchoolBook book, TimetableBook timetable, RecordsContext records, CancellationToken cancellationToken,
        string? schoolId = null)
    {
        if (schoolId is not null && !caller.May(Permission.Patrol, schoolId))
        {
            return Problems.Forbidden();
        }

        TermVisits visits = await TermVisits.ReadAsync(records, timetable.Today, cancellationToken, schoolId);
        List<(SchoolEntry School, TeacherCoverage[] Teachers)> schools =
        [
            .. book.Schools
                .Where(school => caller.May(Permission.Patrol, school.SchoolId) && (schoolId is null || school.SchoolId == schoolId))
                .Select(school => (school, TeachersOf(timetable.Of(school.SchoolId), timetable, visits, caller))),
        ];
        return TypedResults.Ok(new CoverageView(
            visits.From, TermVisits.Shortest,
            [
                .. schools.Select(one => new SchoolCoverage(
                    one.School.SchoolId, one.School.Name, one.Teachers.Length, one.Teachers.Count(teacher => teacher.Visits > 0),
                    one.Teachers.Sum(teacher => teacher.Visits), one.Teachers.Sum(teacher => teacher.Minutes))),
            ],
            schoolId is null ? null : [.. schools.SelectMany(one => one.Teachers)]));
    }

    /// <summary>Those who have lessons by the term's timetable, in the order of their names.</summary>
    private static TeacherCoverage[] TeachersOf(SchoolTimetable school, TimetableBook timetable, TermVisits visits, Caller caller) =>
    [
        .. school.Entries.Where(entry => entry.TeacherId is not null && caller.Scope.HasSubject(entry.SubjectId)
                && (visits.TermId is null || entry.TermId == visits.TermId))
            .GroupBy(entry => entry.TeacherId!)
            .Select(lessons => new TeacherCoverage(
                lessons.Key, timetable.Names.Teacher(lessons.Key)!,
                [.. lessons.Select(lesson => timetable.Names.Subject(lesson.SubjectId)!).Distinct().Order(StringComparer.Ordinal)],
                (int)Math.Round(lessons.Sum(WeeklyOf)), visits.Of(lessons.Key)?.Count ?? 0,
                (int)Math.Round(visits.Of(lessons.Key)?.Minutes ?? 0), visits.Of(lessons.Key)?.Last))
            .OrderBy(teacher => teacher.TeacherName, StringComparer.Ordinal).ThenBy(teacher => teacher.TeacherId, StringComparer.Ordinal),
    ];
    private static double WeeklyOf(TimetableEntry entry) =>
        entry.Date is null ? BitOperations.PopCount((uint)entry.Turns) / (double)entry.Rotation : 0;
}
