using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Records;
using Xunke.Actors.Reviews;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Lessons;

namespace Xunke.Web.Reviews;

/// <summary>What people say of a lesson: <c>/api/lessons/{lessonId}/review</c>; the teacher's reflection and everybody's remarks.</summary>
internal static class ReviewsFeature
{
    private const int LongestReflection = 10_000;
    private const int LongestRemark = 1_000;
    private const int MostRemarks = 500;

    /// <summary>
    /// A reflection as it is written; BasedOn: the version that was read, null: there was none. Without a text it is deleted.
    /// </summary>
    internal sealed record WrittenReflection(string? Text, bool IsShared, DateTimeOffset? BasedOn);

    /// <summary>A remark as it is written; At: seconds from the lesson's start, null: on the whole lesson.</summary>
    internal sealed record WrittenRemark(string? Text, double? At);

    public static void AddReviews(this WebApplicationBuilder builder) => builder.Services.AddScoped<ReviewReader>();

    public static void MapReviews(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/lessons/{lessonId:guid}").RequireAuthorization().WithTags("Reviews")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/review", ReadAsync).WithSummary("What people say of a lesson: goals, reflection, objections, remarks");
        group.MapPut("/reflection", ReflectAsync).WithSummary("The teacher's reflection on an own lesson")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/remarks", RemarkAsync).WithSummary("A remark on a lesson or one of its moments")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapDelete("/remarks/{remarkId:guid}", DeleteRemarkAsync).WithSummary("Takes an own remark away");
        group.MapChapters();
        group.MapSlices();
        group.MapLessonKind();
        group.MapGoals();
        group.MapObjections();
        app.MapPlannedGoals();
        app.MapShares(group);
    }

    private static async Task<Results<Ok<LessonReview>, ProblemHttpResult>> ReadAsync(
        Guid lessonId, Caller caller, LessonAccess access, ReviewReader reader, Looks looks, CancellationToken cancellationToken)
    {
        OpenedLesson opened = await access.OpenAsync(lessonId, caller, cancellationToken);
        if (!opened.IsOpen)
        {
            return opened.Refusal;
        }

        await looks.RecordAsync(caller, LookKinds.Lesson, opened.Lesson.Subject);
        return TypedResults.Ok(await reader.ReadAsync(opened.Lesson, caller, cancellationToken));
    }

    private static async Task<Results<Ok<ReflectionView>, NoContent, ProblemHttpResult>> ReflectAsync(
        Guid lessonId, WrittenReflection written, Caller caller, LessonAccess access, AuditTrail audit, TimeProvider time,
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

        if (Words.OrEmpty(written.Text, LongestReflection) is not { } text)
        {
            return Problems.BadRequest("bad-text", $"反思最多 {LongestReflection} 个字");
        }

        Reflection? kept = null;
        bool isOld = false;
        await audit.CommitAsync(async deed =>
        {
            Reflection? before = await deed.Records.Reflections.SingleOrDefaultAsync(one => one.LessonId == lessonId);
            isOld = before?.ChangedAt.ToUnixTimeMilliseconds() != written.BasedOn?.ToUnixTimeMilliseconds();
            if (isOld)
            {
                deed.GiveUp();
                return;
            }

            (kept, string deedName) = Write(deed.Records, before, text);
            deed.Tell(caller.UserName, deedName, opened.Lesson.Subject);
        });
        return isOld ? Problems.Create(StatusCodes.Status409Conflict, "changed-since", "这份反思在别处改过，请先看新的版本")
            : kept is null ? TypedResults.NoContent()
            : TypedResults.Ok(ReviewReader.Show(kept));

        (Reflection? Kept, string Deed) Write(RecordsContext records, Reflection? before, string words)
        {
            if (words.Length == 0)
            {
                _ = before is null ? null : records.Reflections.Remove(before);
                return (null, "review.reflection-deleted");
            }

            // To the millisecond, as it is kept: it is what the next version is based on.
            var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
            Reflection reflection = before ?? records.Reflections.Add(new Reflection
            {
                LessonId = lessonId,
                UserName = caller.UserName,
                Text = words,
                IsShared = written.IsShared,
                ChangedAt = now,
            }).Entity;
            (reflection.UserName, reflection.Text, reflection.IsShared, reflection.ChangedAt) =
                (caller.UserName, words, written.IsShared, now);
            return (reflection, "review.reflection-written");
        }
    }

    private static async Task<Results<Created<RemarkView>, ProblemHttpResult>> RemarkAsync(
        Guid lessonId, WrittenRemark written, Caller caller, LessonAccess access, AuditTrail audit, TimeProvider time,
        CancellationToken cancellationToken)
    {
        OpenedLesson opened = await access.OpenAsync(lessonId, caller, cancellationToken);
        if (!opened.IsOpen)
        {
            return opened.Refusal;
        }

        if (!Words.TryRead(written.Text, LongestRemark, out string? text, out ProblemHttpResult? refusal))
        {
            return refusal;
        }

        if (written.At is { } at && !opened.Lesson.Contains(at))
        {
            return Problems.BadRequest("bad-moment", "这个时刻不在这节课之内");
        }

        var remark = new Remark
        {
            Id = Guid.NewGuid(),
            LessonId = lessonId,
            UserName = caller.UserName,
            DisplayName = caller.DisplayName,
            AtSeconds = written.At,
            Text = text,
            MadeAt = time.GetUtcNow(),
        };
        bool isFull = false;
        await audit.CommitAsync(async deed =>
        {
            isFull = await deed.Records.Remarks.CountAsync(one => one.LessonId == lessonId) >= MostRemarks;
            if (isFull)
            {
                deed.GiveUp();
                return;
            }

            deed.Records.Remarks.Add(remark);
            deed.Tell(caller.UserName, "review.remark-added", opened.Lesson.Subject);
        });
        return isFull
            ? Problems.BadRequest("too-many", $"一节课最多 {MostRemarks} 条批注")
            : TypedResults.Created((string?)null, ReviewReader.Show(remark, caller));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteRemarkAsync(
        Guid lessonId, Guid remarkId, Caller caller, LessonAccess access, AuditTrail audit, CancellationToken cancellationToken)
    {
        OpenedLesson opened = await access.OpenAsync(lessonId, caller, cancellationToken);
        if (!opened.IsOpen)
        {
            return opened.Refusal;
        }

        int deleted = 0;
        await audit.CommitAsync(async deed =>
        {
            deleted = await deed.Records.Remarks
                .Where(one => one.Id == remarkId && one.LessonId == lessonId && one.UserName == caller.UserName).ExecuteDeleteAsync();
            if (deleted > 0)
            {
                deed.Tell(caller.UserName, "review.remark-deleted", opened.Lesson.Subject);
            }
        });
        return deleted > 0 ? TypedResults.NoContent() : Problems.NotFound("unknown-remark", "没有这条批注，或它不是您写的");
    }
}
