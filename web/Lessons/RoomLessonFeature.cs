using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Actors.Lessons;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Web.Lessons;

/// <summary>
/// The lesson that goes on in a room, and beginning and ending it by hand: <c>/api/rooms/{roomId}/lesson</c>. The school's principal and
/// administrators may, and a teacher where the lesson is the own one, or the timetable has the own one there now.
/// </summary>
internal static class RoomLessonFeature
{
    /// <summary>In the audit trail.</summary>
    public const string Begun = "lesson.begin";

    /// <summary>In the audit trail.</summary>
    public const string Ended = "lesson.end";

    /// <summary>
    /// A room's lesson. LessonId is null where none goes on; HeldUntil tells that somebody has ended one: until then, or until the class
    /// has been away, none begins by itself.
    /// </summary>
    internal sealed record RoomLesson(
        string RoomId, Guid? LessonId, DateTimeOffset? From, DateTimeOffset? Until, bool ByHand, DateTimeOffset? HeldUntil);

    public static void MapRoomLesson(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/rooms/{roomId}/lesson").Require(Permission.GuideLessons).WithTags("Lessons")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("/", ReadAsync).WithSummary("The lesson that goes on in a room, for who may begin and end it");
        group.MapPost("/", BeginAsync)
            .WithSummary("Begins a lesson where none goes on, whatever the timetable says; one that sees nobody is not kept");
        group.MapDelete("/{lessonId:guid}", EndAsync)
            .WithSummary("Ends the lesson that goes on; until its time is over, or the class has been away, none begins by itself")
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<RoomLesson>, ProblemHttpResult>> ReadAsync(
        string roomId, Caller caller, GuidedRooms rooms, MonitoringHost monitoring, CancellationToken cancellationToken) =>
        rooms.Refuse(roomId, caller) is { } unknown ? unknown
        : await monitoring.Running.AskLessonAsync(roomId, new GetLesson(), cancellationToken) is var now
            && rooms.MayGuide(roomId, now, caller)
            ? TypedResults.Ok(Told(roomId, now))
            : Problems.Forbidden();

    private static async Task<Results<Ok<RoomLesson>, ProblemHttpResult>> BeginAsync(
        string roomId, Caller caller, GuidedRooms rooms, MonitoringHost monitoring, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (rooms.Refuse(roomId, caller) is { } unknown)
        {
            return unknown;
        }

        LessonNow now = await monitoring.Running.AskLessonAsync(roomId, new GetLesson(), cancellationToken);
        if (!rooms.MayGuide(roomId, now, caller))
        {
            return Problems.Forbidden();
        }

        if (now.LessonId is not null)
        {
            return TypedResults.Ok(Told(roomId, now));
        }

        // First the trail: what is not in it is not done.
        await audit.RecordAsync(caller.UserName, Begun, roomId);
        return TypedResults.Ok(Told(roomId, await monitoring.Running.AskLessonAsync(roomId, new BeginLesson(), CancellationToken.None)));
    }

    private static async Task<Results<Ok<RoomLesson>, ProblemHttpResult>> EndAsync(
        string roomId, Guid lessonId, Caller caller, GuidedRooms rooms, MonitoringHost monitoring, AuditTrail audit,
        CancellationToken cancellationToken)
    {
        if (rooms.Refuse(roomId, caller) is { } unknown)
        {
            return unknown;
        }

        LessonNow now = await monitoring.Running.AskLessonAsync(roomId, new GetLesson(), cancellationToken);
        if (!rooms.MayGuide(roomId, now, caller))
        {
            return Problems.Forbidden();
        }

        if (now.LessonId != lessonId)
        {
            return Problems.Create(StatusCodes.Status409Conflict, "lesson-over", "这节课已经结束");
        }

        await audit.RecordAsync(caller.UserName, Ended, $"{roomId} {lessonId}");
        return TypedResults.Ok(
            Told(roomId, await monitoring.Running.AskLessonAsync(roomId, new EndLesson(lessonId), CancellationToken.None)));
    }

    private static RoomLesson Told(string roomId, LessonNow now) =>
        new(roomId, now.LessonId, now.From, now.Until, now.ByHand, now.HeldUntil);
}
