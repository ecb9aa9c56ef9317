using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Streaming;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Recordings;

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
        VisitKeeper keeper,
        RecordingKeeper recordings,
        AuditTrail audit)
    {
        HashSet<MediaKinds> allowed = [.. wanted.Allowed ?? []];
        if (allowed.Count == 0 || !allowed.IsSubsetOf(ListeningPolicy.Ways))
        {
            return Problems.BadRequest("bad-policy", "至少允许一种巡课方式: both, video, audio");
        }

        string by = caller.UserName;
        await audit.CommitAsync(async deed =>
        {
            await policy.SetAsync(deed, allowed, by);
            foreach (Guid visitId in open.With(way => !allowed.Contains(way)))
            {
                await keeper.EndAsync(deed, visitId, by);
            }

            await recordings.EndAllAsync(deed, record => !allowed.Contains(record.Media), by);
        });
        await recordings.FinishAsync();
        return TypedResults.Ok(new Policy(policy.Allowed));
    }
}
