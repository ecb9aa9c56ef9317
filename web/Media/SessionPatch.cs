using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Web.Hosting;

namespace Xunke.Web.Media;

/// <summary>
/// PATCH of a media session, RFC 9725 section 4.3. Candidates are welcome but not needed: an ICE-lite server (RFC 8445
/// section 2.5) learns the peer's address from its checks. ICE restarts are not supported, which the RFC answers with 422.
/// </summary>
internal static class SessionPatch
{
    /// <summary>The entity tag of a session's one and only ICE session.</summary>
    public static string EntityTag(string sessionId) => $"\"{sessionId}\"";

    public static async Task<Results<NoContent, ProblemHttpResult>> AnswerAsync(
        HttpRequest request, MediaSession session, CancellationToken cancellationToken)
    {
        (string? fragment, ProblemHttpResult? problem) = await SdpExchange.ReadAsync(request, SdpExchange.FragmentType, cancellationToken);
        if (fragment is null)
        {
            return problem!;
        }

        switch (request.Headers.IfMatch.ToString())
        {
            case "":
                return Problems.Create(StatusCodes.Status428PreconditionRequired, "if-match-required", "缺少 If-Match");
            case "*":
                return NoRestart();
            case var tag when tag != EntityTag(session.SessionId):
                return Problems.Create(StatusCodes.Status412PreconditionFailed, "if-match-failed", "If-Match 与会话不符");
        }

        string userName = SdpExchange.IceUserName(fragment);
        if (userName.Length == 0)
        {
            return Problems.BadRequest("bad-sdp", "SDP 片段缺少 a=ice-ufrag");
        }

        return userName == session.IceUserName ? TypedResults.NoContent() : NoRestart();
    }

    private static ProblemHttpResult NoRestart() =>
        Problems.Create(StatusCodes.Status422UnprocessableEntity, "no-ice-restart", "不支持 ICE 重启，请重新建立会话");
}
