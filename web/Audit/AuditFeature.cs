using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Web.Identity;

namespace Xunke.Web.Audit;

/// <summary>The audit trail for auditors: <c>/api/admin/audit</c>.</summary>
internal static class AuditFeature
{
    public static void AddAudit(this WebApplicationBuilder builder) => builder.Services.AddSingleton<AuditTrail>();

    public static void MapAudit(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/admin/audit/verification", VerifyAsync)
            .RequireAuthorization(IdentityFeature.Administrators)
            .WithTags("Administration")
            .WithSummary("Checks the hash chain of the audit trail from its first line to its last")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<Ok<AuditVerdict>> VerifyAsync(AuditTrail audit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await audit.VerifyAsync(cancellationToken));
}
