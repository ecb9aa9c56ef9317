using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Analytics.Behaviours;

namespace Xunke.Web.Live;

/// <summary>Which rules, in which version, stand behind the counts of a live view: <c>/api/rules</c>. What is computed over time carries
/// its formula itself.</summary>
internal static class RulesFeature
{
    /// <summary>The rules behind each count, that of single looks first.</summary>
    internal sealed record CountRules(
        string HandsRaised, string Standing, string HeadsUp, string HeadsDown, string HeadsOnDesk, string Unknown, string Teacher);

    private static readonly CountRules InForce = new(
        Voted(BehaviourRules.HandRaised),
        Voted(BehaviourRules.Standing),
        Voted(BehaviourRules.Head),
        Voted(BehaviourRules.Head),
        Voted(BehaviourRules.HeadOnDesk),
        BehaviourRules.Vote,
        BehaviourRules.Teacher);

    public static void MapRules(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/rules", Read)
            .RequireAuthorization()
            .WithTags("Live")
            .WithSummary("The rules behind the counts of a live view, with their versions")
            .ProducesProblem(StatusCodes.Status401Unauthorized);

    private static Ok<CountRules> Read() => TypedResults.Ok(InForce);

    private static string Voted(string rule) => $"{rule} · {BehaviourRules.Vote}";
}
