using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Xunke.Actors.Live;
using Xunke.Actors.Publishers;
using Xunke.Web.Audit;
using Xunke.Web.Cameras;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Live;
using Xunke.Web.Media;
using Xunke.Web.Schools;

namespace Xunke.Web.Admin;

/// <summary>The WHIP addresses and keys of the rooms, for administrators: <c>/api/admin/rooms</c>.</summary>
internal static class RoomKeysFeature
{
    /// <summary>What to paste into a camera or recorder, whether it publishes, and the RTSP camera that is shown instead, if there is one.</summary>
    internal sealed record RoomKey(
        string RoomId, string Name, string WhipUrl, string Key, DateTimeOffset KeyRotatedAt, ClassroomState State, RoomCamera? Camera);

    /// <summary>A room's new key.</summary>
    internal sealed record RotatedKey(string RoomId, string WhipUrl, string Key, DateTimeOffset KeyRotatedAt);

    public static void MapRoomKeys(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/admin/rooms").Require(Permission.ManageRooms).WithTags("Administration")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", ListAsync).WithSummary("WHIP addresses, keys and RTSP cameras of a school's rooms");
        group.MapPost("/{roomId}/key", RotateAsync).WithSummary("Gives a room a new key and ends its present publisher");
    }

    private static async Task<Results<Ok<RoomKey[]>, ProblemHttpResult>> ListAsync(
        string schoolId,
        HttpRequest request,
        Caller caller,
        SchoolBook book,
        WhipKeys keys,
        CameraKeeper cameras,
        LiveBoard board,
        AuditTrail audit,
        IOptions<MediaSettings> media)
    {
        if (!caller.May(Permission.ManageRooms, schoolId))
        {
            return Problems.Forbidden();
        }

        if (book.FindSchool(schoolId) is not { } school)
        {
            return Problems.UnknownSchool();
        }

        await audit.RecordAsync(caller.UserName, "keys.read", schoolId);
        return TypedResults.Ok(school.Rooms
            .Select(room => new RoomKey(
                room.RoomId,
                room.Name,
                WhipUrl(room.RoomId, request, media.Value),
                keys.KeyOf(room.RoomId),
                book.KeyVersion(room.RoomId).RotatedAt,
                board.FindRoom(room.RoomId)?.Newest?.View.State ?? ClassroomState.Offline,
                cameras.Describe(room.RoomId)))
            .ToArray());
    }

    private static async Task<Results<Ok<RotatedKey>, ProblemHttpResult>> RotateAsync(
        string roomId,
        HttpRequest request,
        Caller caller,
        SchoolBook book,
        WhipKeys keys,
        MonitoringHost monitoring,
        AuditTrail audit,
        TimeProvider time,
        IOptions<MediaSettings> media)
    {
        if (!book.TryFind(roomId, caller, out _, out ProblemHttpResult? unknown, Permission.ManageRooms))
        {
            return unknown;
        }

        await audit.CommitAsync(async deed =>
        {
            await book.RotateKeyAsync(deed, roomId, time.GetUtcNow());
            deed.Tell(caller.UserName, "key.rotated", roomId);
            deed.Afterwards(() => monitoring.Running.TellPublishers(roomId, new KeyRotated(keys.VersionOf(roomId))));
        });
        return TypedResults.Ok(
            new RotatedKey(roomId, WhipUrl(roomId, request, media.Value), keys.KeyOf(roomId), book.KeyVersion(roomId).RotatedAt));
    }

    private static string WhipUrl(string roomId, HttpRequest request, MediaSettings media)
    {
        string origin = media.PublicUrl?.TrimEnd('/') ?? $"{request.Scheme}://{request.Host}";
        return $"{origin}/whip/{roomId}";
    }
}
