using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Actors.Publishers;
using Xunke.Web.Cameras;
using Xunke.Web.Hosting;

namespace Xunke.Web.Media;

/// <summary>
/// Cameras publish: WHIP, RFC 9725. The bearer key of the room is the only credential; cookies play no part, so any
/// origin may publish from a page.
/// </summary>
internal static class WhipFeature
{
    private const string Root = "/whip";

    public static void UseWhipCors(this WebApplication app) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Root), whip => whip.Use((context, next) =>
        {
            context.Response.OnStarting(static response => Open(((HttpResponse)response).Headers), context.Response);
            return next(context);
        }));

    private static Task Open(IHeaderDictionary headers)
    {
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = "Location, ETag, Accept-Patch, Retry-After";
        return Task.CompletedTask;
    }

    public static void MapWhip(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup(Root + "/{roomId}").AllowAnonymous().WithTags("Media")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/", PublishAsync)
            .WithSummary("Publishes to a room: SDP offer in, SDP answer out (RFC 9725)")
            .TakesOffer()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapPatch("/{sessionId}", PatchAsync).TakesFragment();
        group.MapDelete("/{sessionId}", DeleteAsync).WithSummary("Stops publishing");
        group.MapMethods("/{*rest}", [HttpMethods.Options], Options).ExcludeFromDescription();
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> PublishAsync(
        string roomId,
        HttpContext context,
        WhipKeys keys,
        CameraBook cameras,
        MonitoringHost monitoring,
        Takeovers takeovers,
        ILoggerFactory loggers,
        CancellationToken cancellationToken)
    {
        // Taken before the offer is read: a key that is rotated meanwhile is refused by the room.
        int version = keys.VersionOf(roomId);
        if ((Refuse(roomId, context, keys) ?? RefuseBesideCamera(roomId, cameras)) is { } refusal)
        {
            return refusal;
        }

        return await SdpExchange.AnswerAsync(
            context,
            $"{Root}/{roomId}",
            async offer =>
            {
                RoomPublished published = await monitoring.Running.AskPublishersAsync(roomId, new PublishRoom(offer, version));
                if (published.Answer is { } answer)
                {
                    takeovers.Offered(answer.SessionId, context.Connection.RemoteIpAddress);
                }

                return published.Answer;
            },
            () => Refuse(roomId, context, keys) ?? RefuseBesideCamera(roomId, cameras) ?? WrongKey(context),
            loggers.CreateLogger(typeof(WhipFeature)),
            cancellationToken);
    }

    private static async Task<Results<ContentHttpResult, NoContent, ProblemHttpResult>> PatchAsync(
        string roomId,
        string sessionId,
        HttpContext context,
        WhipKeys keys,
        MonitoringHost monitoring,
        CancellationToken cancellationToken)
    {
        if (Refuse(roomId, context, keys) is { } refusal)
        {
            return refusal;
        }

        return (await monitoring.Running.AskPublishersAsync(roomId, new FindPublisher(sessionId))).IsThere
            ? await SessionPatch.AnswerAsync(context, monitoring.Running.Media, sessionId, cancellationToken)
            : SdpExchange.UnknownSession();
    }

    private static async Task<Results<Ok, ProblemHttpResult>> DeleteAsync(
        string roomId, string sessionId, HttpContext context, WhipKeys keys, MonitoringHost monitoring)
    {
        if (Refuse(roomId, context, keys) is { } refusal)
        {
            return refusal;
        }

        return (await monitoring.Running.AskPublishersAsync(roomId, new EndPublisher(sessionId))).IsThere
            ? TypedResults.Ok()
            : SdpExchange.UnknownSession();
    }

    private static NoContent Options(HttpResponse response)
    {
        response.Headers.Allow = "POST, PATCH, DELETE, OPTIONS";
        response.Headers["Accept-Post"] = SdpExchange.SdpType;
        response.Headers.AccessControlAllowMethods = "POST, PATCH, DELETE, OPTIONS";
        response.Headers.AccessControlAllowHeaders = "Authorization, Content-Type, If-Match";
        response.Headers.AccessControlMaxAge = "600";
        return TypedResults.NoContent();
    }

    // Who has no key is not told which rooms there are.
    private static ProblemHttpResult? Refuse(string roomId, HttpContext context, WhipKeys keys)
    {
        const string Scheme = "Bearer ";
        string authorization = context.Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.Create(StatusCodes.Status401Unauthorized, "missing-key", "缺少推流密钥 (Authorization: Bearer)");
        }

        return keys.Matches(roomId, authorization[Scheme.Length..].Trim()) ? null : WrongKey(context);
    }

    private static ProblemHttpResult WrongKey(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return Problems.Create(
            StatusCodes.Status401Unauthorized, "wrong-key", "没有这间教室，或推流密钥不对、已更换 (no such room, or a wrong or replaced key)");
    }

    private static ProblemHttpResult? RefuseBesideCamera(string roomId, CameraBook cameras) => cameras.Find(roomId) is null
        ? null
        : Problems.Create(StatusCodes.Status409Conflict, "room-has-camera", "这间教室显示的是 RTSP 摄像机，不接受 WHIP 推流");
}
