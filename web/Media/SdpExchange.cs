using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Sdp;
using Xunke.Web.Hosting;

namespace Xunke.Web.Media;

/// <summary>What WHIP and WHEP have in common: an SDP offer comes in, an answer or a plain reason goes out.</summary>
internal static partial class SdpExchange
{
    /// <summary>The media type of offers and answers.</summary>
    public const string SdpType = "application/sdp";

    /// <summary>The media type of ICE fragments, RFC 8840.</summary>
    public const string FragmentType = "application/trickle-ice-sdpfrag";

    // A browser's offer is about 6 KiB; nothing honest comes near this.
    private const int MaxBytes = 64 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a body of the given media type, or says why not.</summary>
    public static async Task<(string? Body, ProblemHttpResult? Problem)> ReadAsync(
        HttpRequest request, string mediaType, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            || !type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
        {
            return (null, Problems.Create(
                StatusCodes.Status415UnsupportedMediaType, "unsupported-content-type", $"内容类型应为 {mediaType}"));
        }

        if (request.ContentLength > MaxBytes)
        {
            return (null, TooLarge());
        }

        byte[] buffer = new byte[Math.Min(MaxBytes, (int)(request.ContentLength ?? MaxBytes)) + 1];
        int length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > MaxBytes)
        {
            return (null, TooLarge());
        }

        try
        {
            return (StrictUtf8.GetString(buffer, 0, length), null);
        }
        catch (DecoderFallbackException)
        {
            return (null, Problems.BadRequest("bad-sdp", "SDP 不是 UTF-8 文本"));
        }
    }

    /// <summary>What the route that takes an offer answers.</summary>
    public static RouteHandlerBuilder TakesOffer(this RouteHandlerBuilder route) => route
        .Accepts<string>(SdpType)
        .Produces<string>(StatusCodes.Status201Created, SdpType)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status406NotAcceptable)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    /// <summary>Reads an offer, has it taken, and answers with the media session.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">Where the session will be found, without its own name.</param>
    /// <param name="takeAsync">Takes the offer; null where nothing is made of it.</param>
    /// <param name="nothing">What to say then.</param>
    /// <param name="log">Gets offers that the media server refused.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public static async Task<Results<ContentHttpResult, ProblemHttpResult>> AnswerAsync(
        HttpContext context, string path, Func<string, Task<SessionAnswer?>> takeAsync, Func<ProblemHttpResult> nothing, ILogger log,
        CancellationToken cancellationToken)
    {
        if (!AcceptsSdp(context.Request))
        {
            return Problems.Create(StatusCodes.Status406NotAcceptable, "not-acceptable", $"应答只能是 {SdpType}");
        }

        (string? offer, ProblemHttpResult? problem) = await ReadAsync(context.Request, SdpType, cancellationToken);
        if (offer is null)
        {
            return problem!;
        }

        SessionAnswer? answer;
        try
        {
            answer = await takeAsync(offer);
        }
        catch (Exception fault) when (Refusal(fault, context.Response) is { } refusal)
        {
            LogRefused(log, path, fault.Message);
            return refusal;
        }

        if (answer is null)
        {
            return nothing();
        }

        context.Response.Headers.Location = $"{path}/{answer.SessionId}";
        context.Response.Headers.ETag = SessionPatch.EntityTag(answer.IceSession);
        context.Response.Headers["Accept-Patch"] = FragmentType;
        return TypedResults.Text(answer.Sdp, SdpType, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>There is no such session, or it is not the caller's.</summary>
    public static ProblemHttpResult UnknownSession() => Problems.NotFound("unknown-session", "没有这个媒体会话");

    /// <summary>Whether the client takes an SDP answer.</summary>
    private static bool AcceptsSdp(HttpRequest request)
    {
        IList<MediaTypeHeaderValue> accept = request.GetTypedHeaders().Accept;
        return accept.Count == 0 || accept.Any(range =>
            range.Quality != 0
            && (range.MatchesAllTypes
                || (range.Type.Equals("application", StringComparison.OrdinalIgnoreCase)
                    && (range.MatchesAllSubTypes || range.SubType.Equals("sdp", StringComparison.OrdinalIgnoreCase)))));
    }

    /// <summary>The answer to an offer that the media server refused; null for a fault that is our own.</summary>
    private static ProblemHttpResult? Refusal(Exception fault, HttpResponse response)
    {
        switch (fault)
        {
            case SdpException:
                return Problems.BadRequest("bad-sdp", $"SDP 无法使用: {fault.Message}");
            case UnsupportedMediaException unsupported:
                return Problems.Create(
                    StatusCodes.Status422UnprocessableEntity,
                    "unsupported-codec",
                    $"没有共同的编码格式: {fault.Message}",
                    ("offered", unsupported.Offered));
            case NoPublisherException:
                return Problems.Create(StatusCodes.Status409Conflict, "no-publisher", "这间教室的摄像头没有在推流");
            case CapacityException { Limit: CapacityLimit.Account }:
                response.Headers.RetryAfter = "2";
                return Problems.Create(
                    StatusCodes.Status429TooManyRequests, "too-many-sessions", "本账号同时打开的画面太多，请稍后再试");
            case CapacityException { Limit: CapacityLimit.Room }:
                response.Headers.RetryAfter = "5";
                return Problems.Create(StatusCodes.Status503ServiceUnavailable, "room-full", "这间教室的观看人数已满，请稍后再试");
            case CapacityException:
                response.Headers.RetryAfter = "5";
                return Problems.Create(StatusCodes.Status503ServiceUnavailable, "full", "媒体连接已满，请稍后再试");
            default:
                return null;
        }
    }

    private static ProblemHttpResult TooLarge() =>
        Problems.Create(StatusCodes.Status413PayloadTooLarge, "too-large", $"SDP 超过 {MaxBytes / 1024} KiB");

    [LoggerMessage(Level = LogLevel.Information, Message = "An offer to {Path} was refused: {Reason}")]
    private static partial void LogRefused(ILogger log, string path, string reason);
}
