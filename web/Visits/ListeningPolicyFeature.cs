using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Actors;
using Xunke.Actors.Recordings;
using Xunke.Actors.Visits;
using Xunke.Streaming;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Web.Visits;

/// <summary>The rule of what may be seen and heard: <c>/api/visits/policy</c> to read, <c>/api/admin/visit-policy</c> to change.</summary>
internal static class ListeningPolicyFeature
{
    /// <summary>The ways to visit that are allowed, the preferred one first.</summary>
    internal sealed record Policy(ImmutableArray<MediaKinds> Allowed);

    /// <summary>What is asked for to change it.</summary>
    internal sealed record NewPolicy(IReadOnlyList<MediaKinds>? Allowed);

    public static void MapListeningPolicy(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/visits/policy", Read)
            .RequireAuthorization()
            .WithTags("Visits")
            .WithSummary("The ways to visit that the district allows, the preferred one first")
            .ProducesProblem(StatusCodes.Status401Unauthorized);
        app.MapPut("/api/admin/visit-policy", ChangeAsync)
            .Require(Permission.ManageVisitRules)
            .WithTags("Administration")
            .WithSummary("Changes the ways to visit that are allowed; visits and recordings that are made another way end at once")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
    }

    private static Ok<Policy> Read(ListeningPolicy policy) => TypedResults.Ok(new Policy(policy.Allowed));

    private static async Task<Results<Ok<Policy>, ProblemHttpResult>> ChangeAsync(
        NewPolicy wanted,
        Caller caller,
        ListeningPolicy policy,
        OpenVisits open,
        ActiveRecordings recordings,
        MonitoringHost monitoring,
        AuditTrail audit)
    {
        HashSet<MediaKinds> allowed = [.. wanted.Allowed ?? []];
        if (allowed.Count == 0 || !allowed.IsSubsetOf(ListeningPolicy.Ways))
        {
            return Problems.BadRequest("bad-policy", "至少允许一种巡课方式: both, video, audio");
        }

        string by = caller.UserName;
        await audit.CommitAsync(deed => policy.SetAsync(deed, allowed, by));
        await EndForbiddenAsync(allowed, by, open, recordings, monitoring.Running);
        return TypedResults.Ok(new Policy(policy.Allowed));
    }

    private static async Task EndForbiddenAsync(
        HashSet<MediaKinds> allowed, string by, OpenVisits open, ActiveRecordings recordings, MonitoringSystem monitoring)
    {
        try
        {
            await Task.WhenAll(
            [
                .. open.AndBeginning.Where(visit => !allowed.Contains(visit.Visit.Media))
                    .Select(visit => monitoring.EndVisitAsync(visit, new EndVisit(by, Insists: true))),
                .. recordings.All.Where(recording => !allowed.Contains(recording.Record.Media))
                    .Select(recording => monitoring.AskRecordingAsync(
                        recording.Record.RoomId, new EndRecording(by, RecordingId: recording.Record.Id, Insists: true))),
            ]);
        }
        catch (RecordsUnavailableException)
        {
            // The rule is on record, pictures and files are closed, and their owners go on writing the ends.
        }
    }
}
