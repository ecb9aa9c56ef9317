using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Actors.Visits;
using Xunke.Streaming;
using Xunke.Streaming.Edge;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;

namespace Xunke.Web.Media;

/// <summary>A visitor sees and hears the room: WHEP with the client's offer. Without an own open visit in that room there is no
/// picture.</summary>
internal static class WhepFeature
{
    private const string Root = "/whep";

    public static void MapWhep(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup(Root + "/{roomId}").RequireAuthorization().WithTags("Media")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/", ViewAsync)
            .WithSummary("Views a room during an own visit: SDP offer in, SDP answer out")
            .TakesOffer()
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapPatch("/{sessionId}", PatchAsync).TakesFragment();
        group.MapDelete("/{sessionId}", DeleteAsync).WithSummary("Stops viewing");
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> ViewAsync(
        string roomId,
        Guid? visitId,
        HttpContext context,
        Caller caller,
        SchoolBook book,
        OpenVisits visits,
        MonitoringHost monitoring,
        ILoggerFactory loggers,
        CancellationToken cancellationToken)
    {
        if (!book.TryFind(roomId, caller, out RoomEntry? room, out ProblemHttpResult? refusal, Permission.VisitRooms))
        {
            return refusal;
        }

        if (visitId is not { } id || visits.Find(id, caller.UserName, roomId) is not { } visit)
        {
            return NoVisit();
        }

        if (visit.Visit.Media is MediaKinds.Audio
            && monitoring.Running.Media.Statistics(roomId)?.Publisher is { Media.AudioCodec: not AudioCodec.Opus })
        {
            return Problems.Create(StatusCodes.Status422UnprocessableEntity, "no-sound", "摄像头没有送来浏览器能播放的声音");
        }

        return await SdpExchange.AnswerAsync(
            context,
            $"{Root}/{roomId}",
            async offer => (await monitoring.Running.AskAsync(visit, new ShowRoom(offer, caller.LoginId)))?.Answer,
            NoVisit,
            loggers.CreateLogger(typeof(WhepFeature)),
            cancellationToken);
    }

    private static async Task<Results<ContentHttpResult, NoContent, ProblemHttpResult>> PatchAsync(
        string roomId,
        string sessionId,
        HttpContext context,
        Caller caller,
        OpenVisits visits,
        MonitoringHost monitoring,
        CancellationToken cancellationToken) =>
        FindOwn(roomId, sessionId, caller, visits) is null
            ? SdpExchange.UnknownSession()
            : await SessionPatch.AnswerAsync(context, monitoring.Running.Media, sessionId, cancellationToken);

    private static async Task<Results<Ok, ProblemHttpResult>> DeleteAsync(
        string roomId, string sessionId, Caller caller, OpenVisits visits, MonitoringHost monitoring)
    {
        if (FindOwn(roomId, sessionId, caller, visits) is not { } visit)
        {
            return SdpExchange.UnknownSession();
        }

        await monitoring.Running.AskAsync(visit, new HideRoom(sessionId));
        return TypedResults.Ok();
    }

    // Another visitor's session does not exist for this caller.
    private static OpenVisit? FindOwn(string roomId, string sessionId, Caller caller, OpenVisits visits) =>
        visits.OfSession(roomId, sessionId) is { } visit && visit.Visit.UserName == caller.UserName ? visit : null;

    private static ProblemHttpResult NoVisit() =>
        Problems.Create(StatusCodes.Status403Forbidden, "no-visit", "请先说明目的，开始巡课");
}
