using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Reviews;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Lessons;

namespace Xunke.Web.Reviews;

/// <summary>A teacher's objections to figures, and their answers: <c>/api/lessons/{lessonId}/objections</c>.</summary>
internal static class ObjectionsFeature
{
    private const int LongestText = 1_000;
    private const int MostObjections = 50;

    /// <summary>An objection as it is written; Figure: the figure's place in the snapshot, such as "lesson.headUpRate".</summary>
    internal sealed record WrittenObjection(string? Figure, string? Text);

    /// <summary>An answer as it is written.</summary>
    internal sealed record WrittenAnswer(string? Text, [property: JsonRequired] ObjectionOutcome Outcome);

    public static void MapObjections(this RouteGroupBuilder group)
    {
        group.MapPost("/objections", ObjectAsync).WithSummary("The teacher objects to a figure of an own lesson")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapDelete("/objections/{objectionId:guid}", WithdrawAsync)
            .WithSummary("The teacher takes an objection back; it stays on record");
        group.MapPut("/objections/{objectionId:guid}/answer", AnswerAsync).WithSummary("Answers an objection, once")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Created<ObjectionView>, ProblemHttpResult>> ObjectAsync(
        Guid lessonId, WrittenObjection written, Caller caller, LessonAccess access, LessonRecords kept, AuditTrail audit,
        TimeProvider time, CancellationToken cancellationToken)
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

        if (!Words.TryRead(written.Text, LongestText, out string? text, out ProblemHttpResult? refusal))
        {
            return refusal;
        }

        byte[]? snapshot = await kept.SnapshotOfAsync(opened.Lesson, cancellationToken);
        if (snapshot is null || FrozenSnapshot.FigureOf(snapshot, written.Figure ?? string.Empty) is not { } figure)
        {
            return Problems.BadRequest("unknown-figure", "这节课的快照里没有这个数字，或课还没有结束");
        }

        var objection = new Objection
        {
            Id = Guid.NewGuid(),
            LessonId = lessonId,
            Figure = written.Figure!,
            Value = figure.Value,
            Formula = figure.Formula,
            UserName = caller.UserName,
            Text = text,
            MadeAt = time.GetUtcNow(),
        };
        bool isFull = false;
        await audit.CommitAsync(async deed =>
        {
            isFull = await deed.Records.Objections.CountAsync(one => one.LessonId == lessonId) >= MostObjections;
            if (isFull)
            {
                deed.GiveUp();
                return;
            }

            deed.Records.Objections.Add(objection);
            deed.Tell(caller.UserName, "review.objection-made", opened.Lesson.Subject);
        });
        return isFull
            ? Problems.BadRequest("too-many", $"一节课最多 {MostObjections} 条异议")
            : TypedResults.Created((string?)null, ReviewReader.Show(objection));
    }

    private static Task<Results<Ok<ObjectionView>, ProblemHttpResult>> WithdrawAsync(
        Guid lessonId, Guid objectionId, Caller caller, LessonAccess access, AuditTrail audit, TimeProvider time,
        CancellationToken cancellationToken) =>
        ChangeAsync(
            lessonId, objectionId, caller, access, audit, lesson => lesson.IsOwn, "review.objection-withdrawn",
            one => one.WithdrawnAt = time.GetUtcNow(), cancellationToken);

    private static async Task<Results<Ok<ObjectionView>, ProblemHttpResult>> AnswerAsync(
        Guid lessonId, Guid objectionId, WrittenAnswer written, Caller caller, LessonAccess access, AuditTrail audit, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!Enum.IsDefined(written.Outcome))
        {
            return Problems.BadRequest("bad-outcome", "请选择异议成立或维持原值");
        }

        return Words.TryRead(written.Text, LongestText, out string? text, out ProblemHttpResult? refusal)
            ? await ChangeAsync(
                lessonId, objectionId, caller, access, audit,
                lesson => !lesson.IsOwn && caller.May(Permission.AnswerObjections, lesson.SchoolId, lesson.SubjectId),
                "review.objection-answered",
                one => (one.Answer, one.Outcome, one.AnsweredBy, one.AnsweredName, one.AnsweredAt) =
                    (text, written.Outcome, caller.UserName, caller.DisplayName, time.GetUtcNow()),
                cancellationToken)
            : refusal;
    }

    private static async Task<Results<Ok<ObjectionView>, ProblemHttpResult>> ChangeAsync(
        Guid lessonId, Guid objectionId, Caller caller, LessonAccess access, AuditTrail audit, Func<KnownLesson, bool> may, string deedName,
        Action<Objection> change, CancellationToken cancellationToken)
    {
        OpenedLesson opened = await access.OpenAsync(lessonId, caller, cancellationToken);
        if (!opened.IsOpen)
        {
            return opened.Refusal;
        }

        if (!may(opened.Lesson))
        {
            return Problems.Forbidden();
        }

        (Objection? found, bool isClosed) = (null, false);
        await audit.CommitAsync(async deed =>
        {
            found = await deed.Records.Objections.SingleOrDefaultAsync(one => one.Id == objectionId && one.LessonId == lessonId);
            isClosed = found is { Outcome: not null } or { WithdrawnAt: not null };
            if (found is null || isClosed)
            {
                deed.GiveUp();
                return;
            }

            change(found);
            deed.Tell(caller.UserName, deedName, opened.Lesson.Subject);
        });
        return found is null ? Problems.NotFound("unknown-objection", "没有这条异议")
            : isClosed ? Problems.Create(StatusCodes.Status409Conflict, "objection-closed", "这条异议已经答复或已撤回")
            : TypedResults.Ok(ReviewReader.Show(found));
    }
}
