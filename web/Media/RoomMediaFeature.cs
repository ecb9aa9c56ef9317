using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Actors.Visits;
using Xunke.Streaming.Rooms;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;

namespace Xunke.Web.Media;

/// <summary>How the media of a room are going, for the debug panel of a visit and for administrators.</summary>
internal static class RoomMediaFeature
{
    public static void MapRoomMedia(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/rooms/{roomId}/media", Read)
            .RequireAuthorization()
            .WithTags("Media")
            .WithSummary("The camera's and the viewers' figures: all for administrators, a visitor's own for the visitor")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        app.MapPost("/api/visits/{visitId:guid}/playback", Report)
            .RequireAuthorization()
            .WithTags("Media")
            .WithSummary("A visitor's browser tells how its picture goes, and is told the figures of its room")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Results<Ok<RoomMedia>, ProblemHttpResult> Read(
        string roomId, Caller caller, SchoolBook book, OpenVisits visits, MonitoringHost monitoring)
    {
        if (!book.TryFind(roomId, caller, out RoomEntry? room, out ProblemHttpResult? refusal))
        {
            return refusal;
        }

        bool all = caller.May(Permission.SeeMediaOfAll, room.SchoolId);
        return all || visits.Has(caller.UserName, roomId)
            ? TypedResults.Ok(Figures(roomId, visit => all || visit.UserName == caller.UserName, visits, monitoring))
            : Problems.Create(StatusCodes.Status403Forbidden, "no-visit", "请先说明目的，开始巡课");
    }

    private static Results<Ok<RoomMedia>, ProblemHttpResult> Report(
        Guid visitId, Playback playback, Caller caller, OpenVisits visits, Playbacks playbacks, MonitoringHost monitoring)
    {
        if (visits.Find(visitId, caller.UserName) is not { } own)
        {
            return Problems.NotFound("unknown-visit", "没有这次巡课");
        }

        if (!playback.IsSound)
        {
            return Problems.BadRequest("bad-playback", "播放统计不对");
        }

        playbacks.Add(own.Visit.RoomId, own.Report(playback));
        return TypedResults.Ok(Figures(own.Visit.RoomId, visit => visit.Id == visitId, visits, monitoring));
    }

    private static RoomMedia Figures(
        string roomId, Predicate<Visit> shown, OpenVisits visits, MonitoringHost monitoring)
    {
        if (monitoring.Running.Media.Statistics(roomId) is not { } room)
        {
            return new RoomMedia(roomId, null, []);
        }

        var viewers = new List<ViewerMedia>();
        foreach (ViewerStatistics viewer in room.Viewers)
        {
            if (visits.OfSession(roomId, viewer.SessionId) is { } open && shown(open.Visit))
            {
                viewers.Add(ViewerMedia.Of(viewer, open.Visit, open.Playback));
            }
        }

        return new RoomMedia(roomId, room.Publisher is { } camera ? CameraMedia.Of(camera) : null, viewers);
    }
}
