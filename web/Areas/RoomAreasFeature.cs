using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Actors.Areas;
using Xunke.Actors.Live;
using Xunke.Actors.Records;
using Xunke.Analytics.Overlays;
using Xunke.Analytics.Scheduling;
using Xunke.Analytics.Seats;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Live;
using Xunke.Web.Schools;

namespace Xunke.Web.Areas;

/// <summary>
/// Where pupils sit and the teacher moves, seen and drawn by administrators: <c>/api/admin/rooms/{roomId}/areas</c>. The
/// picture to draw on shows nobody's face; every look at it is audited.
/// </summary>
internal static class RoomAreasFeature
{
    private static readonly TimeSpan PictureLimit = TimeSpan.FromSeconds(15);

    /// <summary>Areas that an administrator has drawn.</summary>
    /// <param name="Pupils">Corners of the pupils' area, each [x, y] in shares of the picture.</param>
    /// <param name="Front">Corners of the front area; null for none.</param>
    /// <param name="Version">The version that the administrator saw.</param>
    internal sealed record AreasEntry(double[][]? Pupils, double[][]? Front, long Version);

    public static void MapRoomAreas(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/admin/rooms/{roomId}/areas").Require(Permission.ManageRooms)
            .WithTags("Administration")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", Get).WithSummary("Where pupils sit and the teacher moves in a room: learnt, and drawn");
        group.MapPut("/", DrawAsync).WithSummary("Puts areas in force from the room's next look on")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/", RemoveAsync).WithSummary("Goes without drawn areas again")
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/relearn", RelearnAsync).WithSummary("Forgets what was learnt and learns it from the next minutes");
        group.MapGet("/picture", PictureAsync).WithSummary("The room now, with nobody to be recognised; PNG")
            .Produces(StatusCodes.Status200OK, contentType: "image/png")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static Results<Ok<RoomAreasView>, ProblemHttpResult> Get(
        string roomId, Caller caller, SchoolBook schools, MonitoringHost monitoring) =>
        schools.TryFind(roomId, caller, out _, out ProblemHttpResult? unknown, Permission.ManageRooms)
            ? TypedResults.Ok(RoomAreasView.Of(monitoring.Running.Areas.Find(roomId)))
            : unknown;

    private static async Task<Results<Ok<RoomAreasView>, ProblemHttpResult>> DrawAsync(
        string roomId, AreasEntry entry, Caller caller, SchoolBook schools, MonitoringHost monitoring, AuditTrail audit,
        CancellationToken cancellationToken)
    {
        if (!schools.TryFind(roomId, caller, out _, out ProblemHttpResult? unknown, Permission.ManageRooms))
        {
            return unknown;
        }

        (RoomAreas? areas, AreaFault fault, bool inFront) = new RoomAreasShape(entry.Pupils, entry.Front).Read();
        return areas is null
            ? AreaRefusal.Of(fault, inFront)
            : await ChangeAsync(roomId, areas, entry.Version, "areas.drawn", caller, schools, monitoring, audit, cancellationToken);
    }

    private static Task<Results<Ok<RoomAreasView>, ProblemHttpResult>> RemoveAsync(
        string roomId, long version, Caller caller, SchoolBook schools, MonitoringHost monitoring, AuditTrail audit,
        CancellationToken cancellationToken) =>
        ChangeAsync(roomId, null, version, "areas.removed", caller, schools, monitoring, audit, cancellationToken);

    private static async Task<Results<Ok<RoomAreasView>, ProblemHttpResult>> ChangeAsync(
        string roomId, RoomAreas? areas, long version, string action, Caller caller, SchoolBook schools, MonitoringHost monitoring,
        AuditTrail audit, CancellationToken cancellationToken)
    {
        if (!schools.TryFind(roomId, caller, out _, out ProblemHttpResult? unknown, Permission.ManageRooms))
        {
            return unknown;
        }

        RoomAreasKeeper keeper = monitoring.Running.Areas;
        if (version != keeper.Find(roomId).Version)
        {
            return AreaRefusal.Changed(keeper.Find(roomId));
        }

        string userName = caller.UserName;
        try
        {
            return TypedResults.Ok(RoomAreasView.Of(await keeper.DrawAsync(
                roomId, areas, version, userName, cancellationToken, Together(audit, userName, action, roomId))));
        }
        catch (StaleStateException)
        {
            return AreaRefusal.Changed(keeper.Find(roomId));
        }
    }

    private static async Task<Results<Ok<RoomAreasView>, ProblemHttpResult>> RelearnAsync(
        string roomId, Caller caller, SchoolBook schools, MonitoringHost monitoring, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (!schools.TryFind(roomId, caller, out _, out ProblemHttpResult? unknown, Permission.ManageRooms))
        {
            return unknown;
        }

        return TypedResults.Ok(RoomAreasView.Of(await monitoring.Running.Areas.RelearnAsync(
            roomId, cancellationToken, Together(audit, caller.UserName, "areas.relearn", roomId))));
    }

    private static AreasDeed Together(AuditTrail audit, string userName, string action, string roomId) =>
        save => audit.CommitAsync(async deed =>
    {
        await save(deed.Records);
        deed.Tell(userName, action, roomId);
    });

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> PictureAsync(
        string roomId, HttpResponse response, Caller caller, SchoolBook schools, MonitoringHost monitoring, LiveBoard board,
        AuditTrail audit, CancellationToken cancellationToken)
    {
        if (!schools.TryFind(roomId, caller, out _, out ProblemHttpResult? unknown, Permission.ManageRooms))
        {
            return unknown;
        }

        if (board.FindRoom(roomId)?.Newest?.View.State is not ClassroomState.Live)
        {
            return Problems.Create(StatusCodes.Status409Conflict, "room-not-live", "教室现在没有画面");
        }

        await audit.RecordAsync(caller.UserName, "areas.picture", roomId);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(PictureLimit);
        try
        {
            RoomPicture picture = await monitoring.Running.NextPictureAsync(roomId, limit.Token);
            response.Headers.CacheControl = "no-store";
            return TypedResults.File(PngPicture.Encode(picture.Width, picture.Height, picture.Pixels.Span), "image/png");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Problems.Create(StatusCodes.Status503ServiceUnavailable, "no-picture", "画面没有及时分析出来，请稍后再试");
        }
    }
}
