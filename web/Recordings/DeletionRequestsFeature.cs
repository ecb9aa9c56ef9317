using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Text;

namespace Xunke.Web.Recordings;

/// <summary>
/// Asking to have a recording deleted, by who may see it, and keeping it all the same, by an administrator who says why:
/// <c>/api/recordings/{recordingId}/deletion</c>. Who agrees deletes it.
/// </summary>
internal static class DeletionRequestsFeature
{
    private const int Shortest = 2;
    private const int Longest = 200;

    /// <summary>Why it should go, or why it is kept.</summary>
    internal sealed record WrittenReason(string? Reason);

    /// <summary>What was asked; without an answer nobody has decided.</summary>
    internal sealed record DeletionRequestView(
        string DisplayName, string Reason, DateTimeOffset AskedAt, string? Answer, string? AnsweredName, DateTimeOffset? AnsweredAt)
    {
        public static DeletionRequestView? Of(DeletionRequest? request) => request is null ? null : new DeletionRequestView(
            request.DisplayName, request.Reason, request.AskedAt, request.Answer, request.AnsweredName, request.AnsweredAt);
    }

    public static void MapDeletionRequests(this RouteGroupBuilder group)
    {
        group.MapPost("/{recordingId:guid}/deletion", AskAsync)
            .WithSummary("Asks to have a recording deleted: whoever may see it and may not delete it")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPut("/{recordingId:guid}/deletion", KeepAsync)
            .Require(Permission.ManageRecordings)
            .WithSummary("Keeps a recording that somebody asked to have deleted, and says why")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Created<DeletionRequestView>, ProblemHttpResult>> AskAsync(
        Guid recordingId, WrittenReason written, Caller caller, RecordsContext records, AuditTrail audit, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(recordingId, caller, records, cancellationToken) is not { } recording)
        {
            return Unknown();
        }

        if (caller.May(Permission.ManageRecordings, recording.SchoolId))
        {
            return Problems.Forbidden();
        }

        if (PlainText.Line(written.Reason, Shortest, Longest) is not { } reason)
        {
            return BadReason();
        }

        var request = new DeletionRequest
        {
            RecordingId = recordingId,
            UserName = caller.UserName,
            DisplayName = caller.DisplayName,
            Reason = reason,
            AskedAt = time.GetUtcNow(),
        };
        bool isAsked = false;
        await audit.CommitAsync(async deed =>
        {
            isAsked = await deed.Records.DeletionRequests.AnyAsync(one => one.RecordingId == recordingId);
            if (isAsked)
            {
                deed.GiveUp();
                return;
            }

            deed.Records.DeletionRequests.Add(request);
            deed.Tell(caller.UserName, "recording.deletion-asked", RecordingRecords.Subject(recording));
        });
        return isAsked
            ? Problems.Create(StatusCodes.Status409Conflict, "already-asked", "已经有人请求删除这段录像")
            : TypedResults.Created($"/api/recordings/{recordingId}/deletion", DeletionRequestView.Of(request)!);
    }

    private static async Task<Results<Ok<DeletionRequestView>, ProblemHttpResult>> KeepAsync(
        Guid recordingId, WrittenReason written, Caller caller, RecordsContext records, AuditTrail audit, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(recordingId, caller, records, cancellationToken) is not { } recording)
        {
            return Unknown();
        }

        if (PlainText.Line(written.Reason, Shortest, Longest) is not { } reason)
        {
            return BadReason();
        }

        DeletionRequest? kept = null;
        await audit.CommitAsync(async deed =>
        {
            kept = await deed.Records.DeletionRequests.SingleOrDefaultAsync(one => one.RecordingId == recordingId && one.Answer == null);
            if (kept is null)
            {
                deed.GiveUp();
                return;
            }

            (kept.Answer, kept.AnsweredName, kept.AnsweredAt) = (reason, caller.DisplayName, time.GetUtcNow());
            deed.Tell(caller.UserName, "recording.deletion-refused", RecordingRecords.Subject(recording));
        });
        return kept is null
            ? Problems.Create(StatusCodes.Status409Conflict, "not-asked", "没有等待答复的删除请求")
            : TypedResults.Ok(DeletionRequestView.Of(kept)!);
    }

    private static Task<Recording?> FindAsync(
        Guid recordingId, Caller caller, RecordsContext records, CancellationToken cancellationToken) =>
        records.Recordings.AsNoTracking().VisibleTo(caller, records)
            .SingleOrDefaultAsync(recording => recording.Id == recordingId, cancellationToken);

    private static ProblemHttpResult Unknown() => Problems.NotFound("unknown-recording", "没有这段录像");

    private static ProblemHttpResult BadReason() =>
        Problems.BadRequest("bad-reason", $"请写明理由（{Shortest} 到 {Longest} 字，不含看不见的字符）");
}
