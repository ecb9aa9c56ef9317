using Microsoft.AspNetCore.Http.HttpResults;

namespace Xunke.Web.Outages;

/// <summary>Whether the database is out, for everybody who is signed in: <c>/api/outage</c>. It asks no database.</summary>
internal static class OutageFeature
{
    /// <summary>Whether the database is out.</summary>
    /// <param name="Since">Since when it cannot be written; null while it can.</param>
    /// <param name="WaitingLessons">Lessons that have ended and wait for it: on the disk, and tried again every ten seconds.</param>
    internal sealed record OutageView(DateTimeOffset? Since, int WaitingLessons);

    public static void AddOutages(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OutageWatch>();
        builder.Services.AddHostedService(services => services.GetRequiredService<OutageWatch>());
    }

    public static void MapOutages(this IEndpointRouteBuilder app) => app.MapGet("/api/outage", Read)
        .RequireAuthorization().WithTags("Server")
        .WithSummary("Whether the database is out, and how many lessons wait for it")
        .ProducesProblem(StatusCodes.Status401Unauthorized);

    private static Ok<OutageView> Read(OutageWatch watch) => TypedResults.Ok(new OutageView(watch.Since, watch.WaitingLessons));
}
