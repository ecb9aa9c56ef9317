using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Xunke.Web.Configuration;
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
        HttpContext context, IEnumerable<IMetricSource> sources, IOptions<MetricsSettings> settings)
    {
        if (!IsLocal(context) && !HasToken(context.Request, settings.Value.Token))
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

    /// <summary>
    /// Whether the request comes from this host and is meant for it. Behind a known proxy the address is the client's;
    /// the host's name keeps out a proxy that is not known, and a page that reaches this host by a name of its own.
    /// </summary>
    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && IsLoopback(address)
        && (context.Request.Host.Host is "localhost"
            || (IPAddress.TryParse(context.Request.Host.Host.Trim('[', ']'), out IPAddress? named) && IsLoopback(named)));

    private static bool IsLoopback(IPAddress address) =>
        IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private static bool HasToken(HttpRequest request, string? token)
    {
        const string Scheme = "Bearer ";
        string authorization = request.Headers.Authorization.ToString();
        return token is not null
            && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(
                SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim())),
                SHA256.HashData(Encoding.UTF8.GetBytes(token)));
    }
}
