using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Streaming.Rtsp;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;

namespace Xunke.Web.Cameras;

/// <summary>
/// Rooms whose pictures the server fetches from an RTSP camera: <c>/api/admin/rooms/{roomId}/camera</c>. The server
/// connects wherever an address points, so these routes are for those alone who look after rooms, and every use is audited.
/// </summary>
internal static class CamerasFeature
{
    /// <summary>What trying a camera found; both null when it has a stream that can be shown, as far as it says.</summary>
    internal sealed record CameraTrial(string? Fault, string? Detail);

    public static void AddCameras(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CameraBook>();
        builder.Services.AddSingleton<CameraKeeper>();
        builder.Services.AddHostedService(services => services.GetRequiredService<CameraKeeper>());
    }

    public static void MapCameras(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/admin/cameras", List).Require(Permission.ManageRooms)
            .WithTags("Administration")
            .WithSummary("How a school's RTSP cameras are")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        RouteGroupBuilder group = app.MapGroup("/api/admin/rooms/{roomId}/camera").Require(Permission.ManageRooms)
            .WithTags("Administration")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPut("/", SetAsync).WithSummary("Shows an RTSP camera in a room; WHIP is refused from then on")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapDelete("/", RemoveAsync).WithSummary("Lets a room take WHIP again");
        group.MapPost("/test", TestAsync).WithSummary("Asks an RTSP camera what it has, without keeping or showing anything")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static Results<Ok<RoomCamera[]>, ProblemHttpResult> List(
        string schoolId, Caller caller, SchoolBook schools, CameraKeeper keeper) =>
        !caller.May(Permission.ManageRooms, schoolId) ? Problems.Forbidden()
            : schools.FindSchool(schoolId) is { } school
            ? TypedResults.Ok(school.Rooms.Select(room => keeper.Describe(room.RoomId)).OfType<RoomCamera>().ToArray())
            : Problems.UnknownSchool();

    private static async Task<Results<Ok<RoomCamera>, ProblemHttpResult>> SetAsync(
        string roomId, CameraEntry entry, Caller caller, SchoolBook schools, CameraBook book, CameraKeeper keeper,
        CancellationToken cancellationToken)
    {
        if (!schools.TryFind(roomId, caller, out _, out ProblemHttpResult? unknown, Permission.ManageRooms))
        {
            return unknown;
        }

        (CameraSource? camera, ProblemHttpResult? refusal) = entry.Read(book.Find(roomId));
        if (camera is null)
        {
            return refusal!;
        }

        return TypedResults.Ok(await keeper.SetAsync(roomId, camera, caller.UserName, cancellationToken));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        string roomId, Caller caller, SchoolBook schools, CameraKeeper keeper, CancellationToken cancellationToken)
    {
        if (!schools.TryFind(roomId, caller, out _, out ProblemHttpResult? unknown, Permission.ManageRooms))
        {
            return unknown;
        }

        await keeper.RemoveAsync(roomId, caller.UserName, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<CameraTrial>, ProblemHttpResult>> TestAsync(
        string roomId, CameraEntry entry, Caller caller, SchoolBook schools, CameraBook book, MonitoringHost monitoring,
        AuditTrail audit, CancellationToken cancellationToken)
    {
        if (!schools.TryFind(roomId, caller, out _, out ProblemHttpResult? unknown, Permission.ManageRooms))
        {
            return unknown;
        }

        (CameraSource? camera, ProblemHttpResult? refusal) = entry.Read(book.Find(roomId));
        if (camera is null)
        {
            return refusal!;
        }

        await audit.RecordAsync(caller.UserName, "camera.tested", $"{roomId} {camera}");
        (string? fault, string? detail) = await monitoring.Running.Cameras.TestAsync(camera, cancellationToken);
        return TypedResults.Ok(new CameraTrial(fault, detail));
    }
}
