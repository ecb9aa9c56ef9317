using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Actors.Books;
using Xunke.Actors.Lessons;
using Xunke.Actors.Timetable;
using Xunke.Web.Changes;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;

namespace Xunke.Web.Timetable;

/// <summary>What the rooms have by the timetable, and a week of a class, a teacher or a room: <c>/api/timetable</c>.</summary>
internal static class TimetableFeature
{
    public static void AddTimetable(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TimetableBook>();
        builder.Services.AddSingleton<ITimetable>(services => services.GetRequiredService<TimetableBook>());
        builder.Services.AddSingleton<IBookReader>(services => services.GetRequiredService<TimetableBook>());
    }

    public static void MapTimetable(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/timetable").Require(Permission.SeeLessons).OpenToMachines().WithTags("Timetable")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/now", Now)
            .WithSummary("What every room of a school, or one of them, has now by the timetable, and should have");
        group.MapGet("/week", Week)
            .WithSummary("A week of a class, a teacher or a room; of nobody, the caller's own; the week of a date, without one of today");
    }

    private static Results<Ok<SchoolNow>, ProblemHttpResult> Now(
        string schoolId, Caller caller, SchoolBook book, TimetableBook timetable, TimeProvider time, string? roomId = null)
    {
        // Whether a school exists is told only to those who may see it.
        if (!caller.May(Permission.SeeLessons, schoolId))
        {
            return Problems.Forbidden();
        }

        if (book.FindSchool(schoolId) is not { } school)
        {
            return Problems.UnknownSchool();
        }

        DateTimeOffset now = time.GetUtcNow();
        var views = new PlannedViews(timetable.Names, book);
        return TypedResults.Ok(new SchoolNow(
            schoolId, now, timetable.Of(schoolId).HasPeriods,
            [
                .. school.Rooms.Where(room => roomId is null || room.RoomId == roomId)
                    .Select(room => views.Of(room, timetable.At(schoolId, room.RoomId, now))),
            ]));
    }

    private static Results<Ok<PlannedWeek>, ProblemHttpResult> Week(
        Caller caller, SchoolBook book, TimetableBook timetable, string? classId = null, string? teacherId = null, string? roomId = null,
        DateOnly? date = null)
    {
        Teacher? own = timetable.Names.OfAccount(caller.UserName);
        if (classId is null && roomId is null)
        {
            teacherId ??= own?.Id;
        }

        if (new[] { classId, teacherId, roomId }.Count(id => id is not null) != 1)
        {
            return Problems.BadRequest("bad-subject", "请说明哪个班级、哪位教师或哪间教室，只能说一个");
        }

        (string SchoolId, string Name)? whose = Find(book, timetable.Names, classId, teacherId, roomId);
        bool isOwn = own is not null && own.Id == teacherId;
        if (!isOwn && !caller.May(Permission.SeeLessons, whose?.SchoolId))
        {
            return Problems.Forbidden();
        }

        if (whose is not var (schoolId, name))
        {
            return Problems.NotFound("unknown-subject", "没有这个班级、教师或教室");
        }

        DateOnly any = date ?? timetable.Today;
        if (any < new DateOnly(1970, 1, 5) || any > new DateOnly(9000, 1, 1))
        {
            return Problems.BadRequest("bad-date", "日期超出范围");
        }

        DateOnly monday = any.AddDays(-(((int)any.DayOfWeek + 6) % 7));
        SchoolTimetable school = timetable.Of(schoolId);
        var views = new PlannedViews(timetable.Names, book);
        string? grade = classId is null ? book.FindRoom(roomId)?.Grade : timetable.Names.Classes[classId].Grade;
        return TypedResults.Ok(new PlannedWeek(schoolId, (classId ?? teacherId ?? roomId)!, name, monday,
        [
            .. Enumerable.Range(0, 7).Select(i => Day(school, monday.AddDays(i), grade, views, lesson =>
                classId is not null ? lesson.ClassId == classId
                : teacherId is not null ? lesson.TeacherId == teacherId || lesson.Unchanged.TeacherId == teacherId
                : lesson.RoomId == roomId || lesson.Unchanged.RoomId == roomId)),
        ]));
    }

    /// <summary>A lesson that another teacher gives, or that is in another room, stays in the week of whom it was taken from.</summary>
    private static PlannedDayView Day(
        SchoolTimetable school, DateOnly date, string? grade, PlannedViews views, Func<PlannedLesson, bool> isWanted)
    {
        TeachingDay day = school.DayOf(date, grade);
        return new PlannedDayView(
            date, day.Kind, day.Special?.Name, day.Term is null ? null : day.Week,
            [.. day.Periods.Select(period => PeriodView.Of(period)!)],
            [.. school.On(date).Where(isWanted).Select(lesson => views.Of(lesson)!)]);
    }

    private static (string SchoolId, string Name)? Find(
        SchoolBook book, BookNames names, string? classId, string? teacherId, string? roomId) =>
        classId is not null ? names.Classes.GetValueOrDefault(classId) is { } one ? (one.SchoolId, one.Name) : null
        : teacherId is not null ? names.Teachers.GetValueOrDefault(teacherId) is { } teacher ? (teacher.SchoolId, teacher.Name) : null
        : book.FindRoom(roomId) is { } room ? (room.SchoolId, room.Name)
        : null;
}
