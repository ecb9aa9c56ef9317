using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenTelemetry.Metrics;
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
        // A name of its own: several servers in one process, as in tests, must not tell each other's figures.
        string name = $"Xunke {Guid.NewGuid()}";
        builder.Services.AddSingleton(_ => new Meter(name));
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(name).AddPrometheusExporter(text =>
        {
            text.ScopeInfoEnabled = false;
            text.TargetInfoEnabled = false;
            text.ScrapeResponseCacheDurationMilliseconds = 0;
        }));
        builder.Services.AddSingleton<IMetricSource, BuildMetrics>();
        builder.Services.AddSingleton<IMetricSource, ProcessMetrics>();
        builder.Services.AddSingleton<IMetricSource, MediaMetrics>();
        builder.Services.AddSingleton<IMetricSource, CameraMetrics>();
        builder.Services.AddSingleton<IMetricSource, DecodingMetrics>();
        builder.Services.AddSingleton<IMetricSource, AnalysisMetrics>();
        builder.Services.AddSingleton<IMetricSource, LiveMetrics>();
        builder.Services.AddSingleton<IMetricSource, VisitMetrics>();
        builder.Services.AddSingleton<IMetricSource, RecordingMetrics>();
        builder.Services.AddSingleton<IMetricSource, AlertMetrics>();
    }

    public static void MapMetrics(this IEndpointRouteBuilder app)
    {
        IApplicationBuilder exporter = app.CreateApplicationBuilder();
        exporter.UseOpenTelemetryPrometheusScrapingEndpoint();
        RequestDelegate scrape = exporter.Build();
        app.MapGet("/metrics", (HttpContext context, IEnumerable<IMetricSource> sources) => ReadAsync(context, sources, scrape))
            .AllowAnonymous()
            .WithTags("Operation")
            .WithSummary("Metrics in Prometheus' text form: from this host, or with the bearer token Metrics:Token or one of a machine")
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .ProducesProblem(StatusCodes.Status401Unauthorized);
    }

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> ReadAsync(
        HttpContext context, IEnumerable<IMetricSource> sources, RequestDelegate scrape)
    {
        if (!context.IsOperator())
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.Create(
                StatusCodes.Status401Unauthorized, "missing-token", "指标只对本机开放，或使用 Metrics:Token 令牌 (Authorization: Bearer)");
        }

        foreach (IMetricSource source in sources)
        {
            source.Look();
        }

        context.Response.Headers.CacheControl = "no-store";
        await scrape(context);
        return TypedResults.Empty;
    }
}
