using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Actors.Visits;
using Xunke.Streaming;
using Xunke.Streaming.Edge;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;

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

        if (visit.Visit.Media is MediaKinds.Audio
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

        RoomShown? shown = await monitoring.Running.AskAsync(visit, new ShowRoom(offer, caller.LoginId));
        if (shown?.Refusal is { } fault)
        {
            if (SdpExchange.Refusal(fault, context.Response) is { } why)
            {
                return why;
            }

            ExceptionDispatchInfo.Throw(fault);
        }

        if (shown?.Answer is not { } answer)
        {
            return NoVisit();
        }

        context.Response.Headers.Location = $"{Root}/{roomId}/{answer.SessionId}";
        context.Response.Headers.ETag = SessionPatch.EntityTag(answer.IceSession);
        context.Response.Headers["Accept-Patch"] = SdpExchange.FragmentType;
        return TypedResults.Text(answer.Sdp, SdpExchange.SdpType, statusCode: StatusCodes.Status201Created);
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
            ? UnknownSession()
            : await SessionPatch.AnswerAsync(context, monitoring.Running.Media, sessionId, cancellationToken);

    private static async Task<Results<Ok, ProblemHttpResult>> DeleteAsync(
        string roomId, string sessionId, Caller caller, OpenVisits visits, MonitoringHost monitoring)
    {
        if (FindOwn(roomId, sessionId, caller, visits) is not { } visit)
        {
            return UnknownSession();
        }

        await monitoring.Running.AskAsync(visit, new HideRoom(sessionId));
        return TypedResults.Ok();
    }

    // Another visitor's session does not exist for this caller.
    private static OpenVisit? FindOwn(string roomId, string sessionId, Caller caller, OpenVisits visits) =>
        visits.OfSession(roomId, sessionId) is { } visit && visit.Visit.UserName == caller.UserName ? visit : null;

    private static ProblemHttpResult NoVisit() =>
        Problems.Create(StatusCodes.Status403Forbidden, "no-visit", "请先说明目的，开始巡课");

    private static ProblemHttpResult UnknownSession() => Problems.NotFound("unknown-session", "没有这个媒体会话");
}
