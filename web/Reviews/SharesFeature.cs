using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Records;
using Xunke.Actors.Reviews;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Lessons;

namespace Xunke.Web.Reviews;

/// <summary>
/// Links with which a teacher shows an own lesson to colleagues, one each: <c>/api/lessons/{lessonId}/shares</c>; opened by
/// <c>/api/shares/open</c>.
/// </summary>
internal static class SharesFeature
{
    private const int LongestDays = 30;
    private const int MostShares = 20;
    private const int LongestToken = 100;

    /// <summary>For how many days a colleague may see the lesson.</summary>
    internal sealed record WantedShare(int Days);

    /// <summary>A link, which is shown only now: its token belongs behind # of the page's address.</summary>
    internal sealed record MadeShare(ShareView Share, string Token);

    /// <summary>What a link carries.</summary>
    internal sealed record Token(string? Value);

    /// <summary>The lesson that a link opened.</summary>
    internal sealed record OpenedShare(Guid LessonId, DateTimeOffset ExpiresAt);

    public static void MapShares(this IEndpointRouteBuilder app, RouteGroupBuilder lesson)
    {
        lesson.MapPost("/shares", ShareAsync).WithSummary("The teacher makes a link that shows an own lesson to one colleague")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        lesson.MapDelete("/shares/{shareId:guid}", EndAsync).WithSummary("Ends a link, for who has opened it too");
        app.MapPost("/api/shares/open", OpenAsync).RequireAuthorization().WithTags("Reviews")
            .WithSummary("Opens a link: the first who does, signed in, may see the lesson until the link ends")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Created<MadeShare>, ProblemHttpResult>> ShareAsync(
        Guid lessonId, WantedShare wanted, Caller caller, LessonAccess access, AuditTrail audit, TimeProvider time,
        CancellationToken cancellationToken)
    {
        OpenedLesson opened = await access.OpenAsync(lessonId, caller, cancellationToken);
        if (!opened.IsOpen)
        {
            return opened.Refusal;
        }

        if (!opened.Lesson.IsOwn)
        {
            return Problems.Forbidden();
        }

        if (wanted.Days is < 1 or > LongestDays)
        {
            return Problems.BadRequest("bad-days", $"天数应为 1 到 {LongestDays}");
        }

        string token = LinkToken.Make();
        DateTimeOffset now = time.GetUtcNow();
        var share = new LessonShare
        {
            Id = Guid.NewGuid(),
            Digest = LinkToken.DigestOf(token),
            LessonId = lessonId,
            MadeBy = caller.UserName,
            MadeAt = now,
            ExpiresAt = now.AddDays(wanted.Days),
        };
        bool isFull = false;
        await audit.CommitAsync(async deed =>
        {
            await deed.Records.LessonShares.Where(one => one.LessonId == lessonId && one.ExpiresAt <= now).ExecuteDeleteAsync();
            isFull = await deed.Records.LessonShares.CountAsync(one => one.LessonId == lessonId) >= MostShares;
            if (isFull)
            {
                deed.GiveUp();
                return;
            }

            deed.Records.LessonShares.Add(share);
            deed.Tell(caller.UserName, "review.share-made", opened.Lesson.Subject);
        });
        return isFull
            ? Problems.BadRequest("too-many", $"一节课最多给 {MostShares} 位同事看")
            : TypedResults.Created((string?)null, new MadeShare(new ShareView(share.Id, share.MadeAt, share.ExpiresAt, null), token));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(
        Guid lessonId, Guid shareId, Caller caller, LessonAccess access, AuditTrail audit, CancellationToken cancellationToken)
    {
        OpenedLesson opened = await access.OpenAsync(lessonId, caller, cancellationToken);
        if (!opened.IsOpen)
        {
            return opened.Refusal;
        }

        if (!opened.Lesson.IsOwn)
        {
            return Problems.Forbidden();
        }

        int ended = 0;
        await audit.CommitAsync(async deed =>
        {
            ended = await deed.Records.LessonShares.Where(one => one.Id == shareId && one.LessonId == lessonId).ExecuteDeleteAsync();
            if (ended > 0)
            {
                deed.Tell(caller.UserName, "review.share-ended", opened.Lesson.Subject);
            }
        });
        return ended > 0 ? TypedResults.NoContent() : UnknownLink();
    }

    private static async Task<Results<Ok<OpenedShare>, ProblemHttpResult>> OpenAsync(
        Token token, Caller caller, AuditTrail audit, TimeProvider time)
    {
        if (token.Value is not { Length: > 0 and <= LongestToken } value)
        {
            return UnknownLink();
        }

        (string digest, DateTimeOffset now) = (LinkToken.DigestOf(value), time.GetUtcNow());
        LessonShare? found = null;
        await audit.CommitAsync(async deed =>
        {
            found = await deed.Records.LessonShares.SingleOrDefaultAsync(one => one.Digest == digest && one.ExpiresAt > now);
            if (found is null || (found.UserName is { } first && first != caller.UserName))
            {
                found = null;
                deed.GiveUp();
                return;
            }

            if (found.UserName is null && found.MadeBy != caller.UserName)
            {
                (found.UserName, found.DisplayName) = (caller.UserName, caller.DisplayName);
                deed.Tell(caller.UserName, "review.share-opened", found.LessonId.ToString());
            }
        });
        return found is null ? UnknownLink() : TypedResults.Ok(new OpenedShare(found.LessonId, found.ExpiresAt));
    }

    private static ProblemHttpResult UnknownLink() => Problems.NotFound("unknown-link", "链接无效、已过期，或已由另一位同事打开");
}
