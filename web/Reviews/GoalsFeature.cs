using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Actors.Reviews;
using Xunke.Actors.Timetable;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Lessons;
using Xunke.Web.Timetable;

namespace Xunke.Web.Reviews;

/// <summary>
/// A teacher's goals for a lesson, set before or after it, <c>/api/goals/{entryId}/{date}</c> and
/// <c>/api/lessons/{lessonId}/goals</c>, and whether they were reached.
/// </summary>
internal static class GoalsFeature
{
    private const int MostGoals = 10;
    private const int LongestGoal = 200;
    private const int LongestEvidence = 500;

    /// <summary>A goal as it is written; Id: null for a new one. Shows: how it would show.</summary>
    internal sealed record WrittenGoal(Guid? Id, string? Text, string? Shows);

    /// <summary>A goal that is set.</summary>
    internal sealed record SetGoal(Guid Id, string Text, string Shows);

    /// <summary>A judgement as it is written; without an outcome it is taken back. At: seconds from the lesson's start.</summary>
    internal sealed record WrittenJudgement(GoalOutcome? Outcome, string? Evidence, double? At);

    public static void MapGoals(this RouteGroupBuilder group)
    {
        group.MapPut("/goals", SetAsync).WithSummary("The teacher's goals of an own lesson, in their order; those left out are deleted")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapPut("/goals/{goalId:guid}/judgement", JudgeAsync).WithSummary("Whether a goal was reached, as the caller sees it")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    public static void MapPlannedGoals(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/goals/{entryId:guid}/{date}").RequireAuthorization().WithTags("Reviews")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", PlannedAsync).WithSummary("The caller's goals of an own lesson of the timetable on a date (before any change)");
        group.MapPut("/", PlanAsync).WithSummary("Sets them, before the lesson or after it")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<Results<Ok<List<SetGoal>>, ProblemHttpResult>> PlannedAsync(
        Guid entryId, DateOnly date, Caller caller, TimetableBook timetable, RecordsContext records, CancellationToken cancellationToken)
    {
        if (!IsOwn(entryId, date, caller, timetable))
        {
            return UnknownPlan();
        }

        return TypedResults.Ok(await new GoalKey(entryId, date, null).Find(records.Goals.AsNoTracking()).OrderBy(goal => goal.Order)
            .Select(goal => new SetGoal(goal.Id, goal.Text, goal.Shows)).ToListAsync(cancellationToken));
    }

    private static async Task<Results<Ok<List<SetGoal>>, ProblemHttpResult>> PlanAsync(
        Guid entryId, DateOnly date, List<WrittenGoal> goals, Caller caller, TimetableBook timetable, AuditTrail audit) =>
        IsOwn(entryId, date, caller, timetable)
            ? await WriteAsync(new GoalKey(entryId, date, null), $"{entryId} {date:yyyy-MM-dd}", goals, caller, audit)
            : UnknownPlan();

    private static async Task<Results<Ok<List<SetGoal>>, ProblemHttpResult>> SetAsync(
        Guid lessonId, List<WrittenGoal> goals, Caller caller, LessonAccess access, AuditTrail audit, CancellationToken cancellationToken)
    {
        OpenedLesson opened = await access.OpenAsync(lessonId, caller, cancellationToken);
        return !opened.IsOpen ? opened.Refusal
            : !opened.Lesson.IsOwn ? Problems.Forbidden()
            : await WriteAsync(GoalKey.Of(opened.Lesson), opened.Lesson.Subject, goals, caller, audit);
    }

    private static async Task<Results<Ok<List<SetGoal>>, ProblemHttpResult>> WriteAsync(
        GoalKey key, string subject, List<WrittenGoal> goals, Caller caller, AuditTrail audit)
    {
        if (goals.Count > MostGoals)
        {
            return Problems.BadRequest("too-many", $"一节课最多 {MostGoals} 个目标");
        }

        var texts = new List<(Guid? Id, string Text, string Shows)>();
        foreach (WrittenGoal goal in goals)
        {
            if (!Words.TryRead(goal.Text, LongestGoal, out string? text, out ProblemHttpResult? refusal))
            {
                return refusal;
            }

            if (Words.OrEmpty(goal.Shows, LongestGoal) is not { } shows)
            {
                return Problems.BadRequest("bad-text", $"达成表现最多 {LongestGoal} 个字");
            }

            texts.Add((goal.Id, text, shows));
        }

        List<LessonGoal> kept = [];
        await audit.CommitAsync(async deed =>
        {
            List<LessonGoal> before = await key.Find(deed.Records.Goals).ToListAsync();
            kept = [.. texts.Select((one, i) => Take(one, i + 1, before))];
            deed.Records.Goals.RemoveRange(before.Except(kept));
            deed.Records.Goals.AddRange(kept.Except(before));
            deed.Tell(caller.UserName, "review.goals-set", subject);
        });
        return TypedResults.Ok(kept.ConvertAll(goal => new SetGoal(goal.Id, goal.Text, goal.Shows)));

        LessonGoal Take((Guid? Id, string Text, string Shows) one, int order, List<LessonGoal> before)
        {
            LessonGoal goal = before.Find(known => known.Id == one.Id) ?? new LessonGoal
            {
                Id = Guid.NewGuid(),
                EntryId = key.EntryId,
                Date = key.Date,
                LessonId = key.LessonId,
                UserName = caller.UserName,
                Order = order,
                Text = one.Text,
                Shows = one.Shows,
            };
            (goal.Order, goal.Text, goal.Shows) = (order, one.Text, one.Shows);
            return goal;
        }
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> JudgeAsync(
        Guid lessonId, Guid goalId, WrittenJudgement written, Caller caller, LessonAccess access, AuditTrail audit, TimeProvider time,
        CancellationToken cancellationToken)
    {
        OpenedLesson opened = await access.OpenAsync(lessonId, caller, cancellationToken);
        if (!opened.IsOpen)
        {
            return opened.Refusal;
        }

        KnownLesson lesson = opened.Lesson;
        if (!ReviewReader.MayJudge(lesson, caller))
        {
            return Problems.Forbidden();
        }

        if (Words.OrEmpty(written.Evidence, LongestEvidence) is not { } evidence || (written.Outcome is { } one && !Enum.IsDefined(one)))
        {
            return Problems.BadRequest("bad-text", $"依据最多 {LongestEvidence} 个字");
        }

        if (written.At is { } at && !lesson.Contains(at))
        {
            return Problems.BadRequest("bad-moment", "这个时刻不在这节课之内");
        }

        bool isKnown = false;
        await audit.CommitAsync(async deed =>
        {
            isKnown = await GoalKey.Of(lesson).Find(deed.Records.Goals).AnyAsync(goal => goal.Id == goalId);
            if (!isKnown)
            {
                deed.GiveUp();
                return;
            }

            // Each judges once, and may think again.
            await deed.Records.GoalJudgements.Where(known => known.GoalId == goalId && known.UserName == caller.UserName)
                .ExecuteDeleteAsync();
            if (written.Outcome is { } outcome)
            {
                deed.Records.GoalJudgements.Add(new GoalJudgement
                {
                    GoalId = goalId,
                    UserName = caller.UserName,
                    DisplayName = caller.DisplayName,
                    IsTeacher = lesson.IsOwn,
                    Outcome = outcome,
                    Evidence = evidence,
                    AtSeconds = written.At,
                    MadeAt = time.GetUtcNow(),
                });
            }

            deed.Tell(caller.UserName, "review.goal-judged", lesson.Subject);
        });
        return isKnown ? TypedResults.NoContent() : Problems.NotFound("unknown-goal", "这节课没有这个目标");
    }

    /// <summary>Whether the timetable gives a lesson on a date to the caller, with or without changes.</summary>
    private static bool IsOwn(Guid entryId, DateOnly date, Caller caller, TimetableBook timetable) =>
        timetable.Names.OfAccount(caller.UserName) is { } teacher
        && timetable.Of(teacher.SchoolId).On(date)
            .Any(lesson => lesson.EntryId == entryId && (lesson.TeacherId == teacher.Id || lesson.Unchanged.TeacherId == teacher.Id));

    private static ProblemHttpResult UnknownPlan() => Problems.NotFound("unknown-plan", "您的课表上那天没有这节课");
}
