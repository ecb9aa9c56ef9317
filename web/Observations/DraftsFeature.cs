using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Forms;
using Xunke.Actors.Observations;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Lessons;
using Words = Xunke.Web.Reviews.Words;

namespace Xunke.Web.Observations;

/// <summary>
/// What an observer writes while a draft lasts. Everything can be sent twice: a save that changes nothing is no conflict, and remarks
/// have names from where they are written.
/// </summary>
internal static class DraftsFeature
{
    private const int LongestOverall = 4_000;
    private const int LongestRemark = 1_000;
    private const int MostRemarks = 200;
    private const int MostTags = 5;

    /// <summary>A whole draft; Version: the one that it is based on.</summary>
    internal sealed record WrittenDraft(int? Version, Dictionary<string, FormAnswer>? Answers, string? Overall);

    /// <summary>A remark; At: the second of the lesson.</summary>
    internal sealed record WrittenObservationRemark(double? At, RemarkKind? Kind, string? Text, List<string>? Tags);

    /// <summary>What is sent to the teacher: the version that the observer sees.</summary>
    internal sealed record WantedSubmission(int? Version);

    public static void MapDrafts(this RouteGroupBuilder group)
    {
        RouteGroupBuilder one = group.MapGroup("/{observationId:guid}").Require(Permission.Observe)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        one.MapPut("/draft", SaveAsync).WithSummary("Saves a draft's answers as a whole; an older version is refused with what is newer");
        one.MapPut("/remarks/{remarkId:guid}", RemarkAsync).WithSummary("Writes a remark of a draft, under a name that the writer makes");
        one.MapDelete("/remarks/{remarkId:guid}", DropRemarkAsync).WithSummary("Takes a remark of a draft away");
        one.MapPost("/submission", SubmitAsync).WithSummary("Sends an observation to the lesson's teacher; it never changes again");
    }

    private static async Task<Results<Ok<SavedDraft>, ProblemHttpResult>> SaveAsync(
        Guid observationId, WrittenDraft written, Caller caller, AuditTrail audit, TimeProvider time)
    {
        if (Words.OrEmpty(written.Overall, LongestOverall) is not { } overall)
        {
            return Problems.BadRequest("bad-text", $"总评最多 {LongestOverall} 个字");
        }

        var answers = (written.Answers ?? []).Where(one => one.Value is not null && !IsEmpty(one.Value))
            .ToDictionary(one => one.Key, one => one.Value);
        (Observation? draft, ProblemHttpResult? problem) = await ChangeAsync(observationId, caller, audit, (deed, found) =>
        {
            if (answers.FirstOrDefault(one => found.Form.Find(one.Key) is not { } item || !one.Value.Fits(item)) is { Key: { } wrong })
            {
                return Task.FromResult<ProblemHttpResult?>(
                    Problems.Create(StatusCodes.Status400BadRequest, "bad-answer", "有一项的回答不合量表", ("item", wrong)));
            }

            bool isSame = found.Overall == overall && found.Answers.Count == answers.Count
                && answers.All(one => found.Answers.GetValueOrDefault(one.Key) == one.Value);
            // The same again: an answer was lost on its way, or nothing has changed.
            if (isSame)
            {
                deed.GiveUp();
                return Task.FromResult<ProblemHttpResult?>(null);
            }

            if (found.Version != written.Version)
            {
                return Task.FromResult<ProblemHttpResult?>(Problems.Create(
                    StatusCodes.Status409Conflict, "changed-since", "这份听课记录在别处改过，请先看新的版本", ("version", found.Version),
                    ("changedAt", found.ChangedAt), ("answers", found.Answers), ("overall", found.Overall)));
            }

            (found.Answers, found.Overall, found.ChangedAt) = (answers, overall, time.GetUtcNow());
            found.Version++;
            return Task.FromResult<ProblemHttpResult?>(null);
        });
        return draft is null
            ? problem!
            : TypedResults.Ok(new SavedDraft(draft.Version, draft.ChangedAt, FormTotal.Compute(draft.Form, draft.Answers)));
    }

    private static async Task<Results<Ok<ObservationRemarkView>, ProblemHttpResult>> RemarkAsync(
        Guid observationId, Guid remarkId, WrittenObservationRemark written, Caller caller, AuditTrail audit,
        IOptions<LessonSettings> settings, TimeProvider time)
    {
        if (!Words.TryRead(written.Text, LongestRemark, out string? text, out ProblemHttpResult? refusal))
        {
            return refusal;
        }

        List<string> tags = [.. (written.Tags ?? []).Distinct()];
        if (written.At is not { } at || !(at >= 0 && at <= LessonsFeature.LongerThanAny.TotalSeconds)
            || written.Kind is not { } kind || !Enum.IsDefined(kind)
            || tags.Count > MostTags || tags.Except(LessonSettings.WordsOf(settings.Value.SliceTags)).Any())
        {
            return Problems.BadRequest("bad-remark", $"批注要有时刻和类型；标签最多 {MostTags} 个，并在本区的标签之内");
        }

        ObservationRemark? remark = null;
        (_, ProblemHttpResult? problem) = await ChangeAsync(observationId, caller, audit, async (deed, _) =>
        {
            remark = await deed.Records.ObservationRemarks
                .SingleOrDefaultAsync(one => one.ObservationId == observationId && one.Id == remarkId);
            if (remark is null)
            {
                if (await deed.Records.ObservationRemarks.CountAsync(one => one.ObservationId == observationId) >= MostRemarks)
                {
                    return Problems.BadRequest("too-many", $"一份听课记录最多 {MostRemarks} 条批注");
                }

                remark = new ObservationRemark
                {
                    ObservationId = observationId,
                    Id = remarkId,
                    AtSeconds = at,
                    Kind = kind,
                    Text = text,
                    Tags = tags,
                    MadeAt = time.GetUtcNow(),
                };
                deed.Records.ObservationRemarks.Add(remark);
            }

            (remark.AtSeconds, remark.Kind, remark.Text, remark.Tags) = (at, kind, text, tags);
            return null;
        });
        return problem is not null ? problem : TypedResults.Ok(ObservationRemarkView.Of(remark!));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DropRemarkAsync(
        Guid observationId, Guid remarkId, Caller caller, AuditTrail audit)
    {
        // Gone is gone, also when it is said twice.
        (_, ProblemHttpResult? problem) = await ChangeAsync(observationId, caller, audit, async (deed, _) =>
        {
            await deed.Records.ObservationRemarks.Where(one => one.ObservationId == observationId && one.Id == remarkId)
                .ExecuteDeleteAsync();
            return null;
        });
        return problem is not null ? problem : TypedResults.NoContent();
    }

    private static async Task<Results<Ok<ObservationView>, ProblemHttpResult>> SubmitAsync(
        Guid observationId, WantedSubmission wanted, Caller caller, ObservedLessons lessons, ObservationReader reader,
        ObservationDeeds deeds, AuditTrail audit, TimeProvider time, CancellationToken cancellationToken)
    {
        (Observation? sent, ProblemHttpResult? problem) = await ChangeAsync(
            observationId, caller, audit,
            async (deed, found) =>
            {
                if (found.Version != wanted.Version)
                {
                    return Problems.Create(StatusCodes.Status409Conflict, "changed-since", "这份听课记录在别处改过，请先看新的版本");
                }

                if (!found.Answers.Values.Any(answer => answer.IsAnswered()) && found.Overall.Length == 0
                    && !await deed.Records.ObservationRemarks.AnyAsync(remark => remark.ObservationId == observationId))
                {
                    return Problems.BadRequest("nothing-written", "还没有评分，也没有批注，不能提交");
                }

                found.Header = await lessons.RenewAsync(found, CancellationToken.None);
                (found.State, found.SentAt) = (ObservationState.Sent, time.GetUtcNow());
                deeds.Tell(deed, found, caller.UserName, "observation.sent");
                return null;
            },
            isSentAgain: true);
        return sent is null ? problem! : TypedResults.Ok(await reader.ShowAsync(sent, caller, cancellationToken));
    }

    /// <summary>Changes an own draft.</summary>
    /// <param name="observationId">Which.</param>
    /// <param name="caller">The observer.</param>
    /// <param name="audit">Puts it on record.</param>
    /// <param name="change">Changes it, or says why not.</param>
    /// <param name="isSentAgain">Whether one that was sent is no fault: it stays as it is.</param>
    private static async Task<(Observation? Draft, ProblemHttpResult? Problem)> ChangeAsync(
        Guid observationId, Caller caller, AuditTrail audit, Func<Deed, Observation, Task<ProblemHttpResult?>> change,
        bool isSentAgain = false)
    {
        (Observation? found, ProblemHttpResult? problem) = (null, null);
        await audit.CommitAsync(async deed =>
        {
            found = await deed.Records.Observations
                .SingleOrDefaultAsync(one => one.Id == observationId && one.UserName == caller.UserName);
            bool isSent = found is not null && found.State is not ObservationState.Draft;
            problem = found is null ? ObservationDeeds.Unknown()
                : !isSent ? await change(deed, found)
                : isSentAgain ? null : ObservationDeeds.Sent();
            if (problem is not null || isSent)
            {
                deed.GiveUp();
            }
        });
        return problem is null ? (found, null) : (null, problem);
    }

    private static bool IsEmpty([NotNullWhen(false)] FormAnswer? answer) =>
        answer is null || (!answer.IsAnswered() && string.IsNullOrWhiteSpace(answer.Remark));
}
