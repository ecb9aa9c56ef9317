using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Streaming;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Viewers;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;
using Xunke.Web.Visits;

namespace Xunke.Web.Media;

/// <summary>A visitor sees and hears the room: WHEP with the client's offer. Without an own open visit in that room there is no picture.</summary>
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
            .Accepts<string>(SdpExchange.SdpType)
            .Produces<string>(StatusCodes.Status201Created, SdpExchange.SdpType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status406NotAcceptable)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapPatch("/{sessionId}", PatchAsync)
            .WithSummary("Adds ICE candidates or restarts ICE: SDP fragment in, after a restart SDP fragment out")
            .Accepts<string>(SdpExchange.FragmentType)
            .Produces<string>(StatusCodes.Status200OK, SdpExchange.FragmentType)
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status428PreconditionRequired);
        group.MapDelete("/{sessionId}", Delete).WithSummary("Stops viewing");
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> ViewAsync(
        string roomId,
        Guid? visitId,
        HttpContext context,
        Caller caller,
        SchoolBook book,
        OpenVisits visits,
        Logins logins,
        MonitoringHost monitoring,
        MediaSessions sessions,
        CancellationToken cancellationToken)
    {
        if (!book.TryFind(roomId, caller, out RoomEntry? room, out ProblemHttpResult? refusal))
        {
            return refusal;
        }

        if (visitId is not { } id || visits.Find(id, caller.UserName, roomId) is not { } visit)
        {
            return NoVisit();
        }

        if (visit.Media is MediaKinds.Audio
            && monitoring.Running.Media.Statistics(roomId)?.Publisher is { Media.AudioCodec: not AudioCodec.Opus })
        {
            return Problems.Create(StatusCodes.Status422UnprocessableEntity, "no-sound", "摄像头没有送来浏览器能播放的声音");
        }

        if (!SdpExchange.AcceptsSdp(context.Request))
        {
            return SdpExchange.NotAcceptable();
        }

        (string? offer, ProblemHttpResult? problem) = await SdpExchange.ReadAsync(context.Request, SdpExchange.SdpType, cancellationToken);
        if (offer is null)
        {
            return problem!;
        }

        try
        {
            SessionAnswer answer = monitoring.Running.Media.View(
                roomId, offer, visit.Media, new ViewerOwner(id.ToString("N"), caller.UserName));
            sessions.Add(new MediaSession(answer.SessionId, roomId, id, caller.LoginId));
            if (visits.Find(id, caller.UserName, roomId) is null || !logins.IsLive(caller.LoginId))
            {
                // The visit or the login ended while the offer was read; its end did not see this session yet.
                sessions.Remove(answer.SessionId);
                monitoring.Running.Media.Close(answer.SessionId);
                return NoVisit();
            }

            if (!monitoring.Running.Media.HasSession(answer.SessionId))
            {
                // A newer offer of the same visit came at the same time, and the word of this one's end before it was noted.
                sessions.Remove(answer.SessionId);
                return Problems.Create(StatusCodes.Status409Conflict, "session-replaced", "本次巡课已有更新的画面连接");
            }

            context.Response.Headers.Location = $"{Root}/{roomId}/{answer.SessionId}";
            context.Response.Headers.ETag = SessionPatch.EntityTag(answer.IceSession);
            context.Response.Headers["Accept-Patch"] = SdpExchange.FragmentType;
            return TypedResults.Text(answer.Sdp, SdpExchange.SdpType, statusCode: StatusCodes.Status201Created);
        }
        catch (Exception fault) when (SdpExchange.Refusal(fault, context.Response) is not null)
        {
            return SdpExchange.Refusal(fault, context.Response)!;
        }
    }

    private static async Task<Results<ContentHttpResult, NoContent, ProblemHttpResult>> PatchAsync(
        string roomId,
        string sessionId,
        HttpContext context,
        Caller caller,
        OpenVisits visits,
        MonitoringHost monitoring,
        MediaSessions sessions,
        CancellationToken cancellationToken) =>
        FindOwn(roomId, sessionId, caller, visits, sessions) is null
            ? UnknownSession()
            : await SessionPatch.AnswerAsync(context, monitoring.Running.Media, sessionId, cancellationToken);

    private static Results<Ok, ProblemHttpResult> Delete(
        string roomId, string sessionId, Caller caller, OpenVisits visits, MediaSessions sessions, MonitoringHost monitoring)
    {
        if (FindOwn(roomId, sessionId, caller, visits, sessions) is null)
        {
            return UnknownSession();
        }

        sessions.Remove(sessionId);
        monitoring.Running.Media.Close(sessionId);
        return TypedResults.Ok();
    }

    // Another visitor's session does not exist for this caller.
    private static MediaSession? FindOwn(string roomId, string sessionId, Caller caller, OpenVisits visits, MediaSessions sessions) =>
        sessions.FindViewer(roomId, sessionId) is { VisitId: { } visitId } session
        && visits.Find(visitId, caller.UserName, roomId) is not null
            ? session
            : null;

    private static ProblemHttpResult NoVisit() =>
        Problems.Create(StatusCodes.Status403Forbidden, "no-visit", "请先说明目的，开始巡课");

    private static ProblemHttpResult UnknownSession() => Problems.NotFound("unknown-session", "没有这个媒体会话");
}
