using Microsoft.AspNetCore.Http.Headers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Sdp;
using Xunke.Web.Hosting;

namespace Xunke.Web.Media;

/// <summary>
/// PATCH of a media session, RFC 9725 section 4.3: a fragment with the present ICE credentials brings candidates and is
/// answered 204, one with new credentials restarts ICE and is answered 200. If-Match names the ICE session that the
/// client means, or is <c>*</c>, as it must be where the client cannot know.
/// </summary>
internal static class SessionPatch
{
    /// <summary>The entity tag of an ICE session.</summary>
    public static string EntityTag(string iceSession) => $"\"{iceSession}\"";

    /// <summary>What the route answers.</summary>
    public static RouteHandlerBuilder TakesFragment(this RouteHandlerBuilder route) => route
        .WithSummary("Adds ICE candidates or restarts ICE: SDP fragment in, after a restart SDP fragment out")
        .Accepts<string>(SdpExchange.FragmentType)
        .Produces<string>(StatusCodes.Status200OK, SdpExchange.FragmentType)
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status428PreconditionRequired);

    public static async Task<Results<ContentHttpResult, NoContent, ProblemHttpResult>> AnswerAsync(
        HttpContext context, MediaServer media, string sessionId, CancellationToken cancellationToken)
    {
        IList<EntityTagHeaderValue> tags = context.Request.GetTypedHeaders().IfMatch;
        if (tags.Count == 0)
        {
            return Problems.Create(StatusCodes.Status428PreconditionRequired, "if-match-required", "缺少 If-Match");
        }

        (string? fragment, ProblemHttpResult? problem) =
            await SdpExchange.ReadAsync(context.Request, SdpExchange.FragmentType, cancellationToken);
        if (fragment is null)
        {
            return problem!;
        }

        try
        {
            List<string>? iceSessions = tags.Contains(EntityTagHeaderValue.Any)
                ? null
                : [.. tags.Where(tag => !tag.IsWeak).Select(tag => tag.Tag.ToString().Trim('"'))];
            return Answer(media.UpdateIce(sessionId, fragment, iceSessions), context.Response.GetTypedHeaders());
        }
        catch (SdpException fault)
        {
            return Problems.BadRequest("bad-sdp", $"SDP 片段无法使用: {fault.Message}");
        }
    }

    private static Results<ContentHttpResult, NoContent, ProblemHttpResult> Answer(IceUpdate? update, ResponseHeaders headers)
    {
        switch (update?.Outcome)
        {
            case IceUpdateOutcome.Restarted:
                headers.ETag = new EntityTagHeaderValue(EntityTag(update.IceSession));
                return TypedResults.Text(update.SdpFragment!, SdpExchange.FragmentType);
            case IceUpdateOutcome.Trickled:
                return TypedResults.NoContent();
            case IceUpdateOutcome.Stale:
                return Problems.Create(StatusCodes.Status412PreconditionFailed, "if-match-failed", "If-Match 与会话不符");
            case IceUpdateOutcome.Contradictory:
                return Problems.Create(
                    StatusCodes.Status422UnprocessableEntity, "bad-ice-restart", "ICE 重启必须同时更换 a=ice-ufrag 和 a=ice-pwd");
            default:
                return SdpExchange.UnknownSession();
        }
    }
}
