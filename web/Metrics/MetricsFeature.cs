using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Web.Hosting;

namespace Xunke.Web.Metrics;

/// <summary>
/// <c>/metrics</c> for Prometheus. Who runs a district's rooms is nobody else's business: it is read from this host, or
/// from elsewhere with the token of the settings.
/// </summary>
internal static class MetricsFeature
{
    public static void AddMetrics(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IMetricSource, BuildMetrics>();
        builder.Services.AddSingleton<IMetricSource, ProcessMetrics>();
        builder.Services.AddSingleton<IMetricSource, MediaMetrics>();
        builder.Services.AddSingleton<IMetricSource, CameraMetrics>();
        builder.Services.AddSingleton<IMetricSource, DecodingMetrics>();
        builder.Services.AddSingleton<IMetricSource, AnalysisMetrics>();
        builder.Services.AddSingleton<IMetricSource, LiveMetrics>();
        builder.Services.AddSingleton<IMetricSource, VisitMetrics>();
        builder.Services.AddSingleton<IMetricSource, RecordingMetrics>();
    }

    public static void MapMetrics(this IEndpointRouteBuilder app) =>
        app.MapGet("/metrics", Read)
            .AllowAnonymous()
            .WithTags("Operation")
            .WithSummary("Metrics in Prometheus' text form: from this host, or with the bearer token Metrics:Token")
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .ProducesProblem(StatusCodes.Status401Unauthorized);

    private static Results<ContentHttpResult, ProblemHttpResult> Read(
        HttpContext context, IEnumerable<IMetricSource> sources)
    {
        if (!context.IsOperator())
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.Create(
                StatusCodes.Status401Unauthorized, "missing-token", "指标只对本机开放，或使用 Metrics:Token 令牌 (Authorization: Bearer)");
        }

        var writer = new MetricWriter();
        foreach (IMetricSource source in sources)
        {
            source.Write(writer);
        }

        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(writer.ToString(), MetricWriter.ContentType);
    }
}
