using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunke.Streaming.Decoding;
using Xunke.Web.Clock;
using Xunke.Web.Hosting;
using Xunke.Web.Hosting.Work;
using Xunke.Web.Identity;
using Xunke.Web.Lessons;
using Xunke.Web.Recordings;

namespace Xunke.Web.Health;

/// <summary>For whoever watches the server: <c>/health/live</c> says that it runs, <c>/health/ready</c> that it can work,
/// which it also can while one of several decode workers is down.</summary>
internal static class HealthFeature
{
    private const string Ready = "ready";

    /// <summary>
    /// The answer of <c>/health/ready</c>: the worst of its checks and, for those who run the server, each of them. Whose fault it
    /// is stays in the logs.
    /// </summary>
    /// <param name="Status">The worst.</param>
    /// <param name="Checks">Each check.</param>
    /// <param name="Failing">What of the server's own work failed at its last attempt.</param>
    private sealed record Readiness(
        HealthStatus Status,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Dictionary<string, HealthStatus>? Checks,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IEnumerable<string>? Failing);

    public static void AddHealth(this WebApplicationBuilder builder)
    {
        // One of each, because they keep their answers.
        builder.Services.AddSingleton<DatabaseCheck>().AddSingleton<AuditCheck>().AddSingleton<KeysCheck>();
        builder.Services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database", tags: [Ready])
            .AddCheck<AuditCheck>("audit", tags: [Ready])
            .AddCheck<KeysCheck>("keys", tags: [Ready])
            .AddCheck<MediaCheck>("media", tags: [Ready])
            .AddCheck<DecodingCheck>("decoding", tags: [Ready])
            .AddCheck<AnalysisCheck>("analysis", tags: [Ready])
            .AddCheck<RecordingStorageCheck>("recording", HealthStatus.Degraded, tags: [Ready])
            .AddCheck<LessonsCheck>("lessons", tags: [Ready])
            .AddCheck<WorkCheck>("work", tags: [Ready])
            .AddCheck<ClockCheck>("clock", tags: [Ready]);
    }

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(Ready),
            ResponseWriter = (context, report) => context.Response.WriteAsJsonAsync(
                MaySeeChecks(context)
                    ? new Readiness(report.Status, report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status),
                        context.RequestServices.GetRequiredService<WorkGuard>().Failing.Select(state => state.Work))
                    : new Readiness(report.Status, null, null),
                Json.Options,
                context.RequestAborted),
        }).AllowAnonymous();
    }

    private static bool MaySeeChecks(HttpContext context) => context.IsOperator()
        || (context.User.Identity is { IsAuthenticated: true } && Caller.From(context.User).May(Permission.ReadOperations));

    private sealed class MediaCheck(MonitoringHost monitoring) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(monitoring.IsRunning && monitoring.Running.Media.IsReceiving
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("the media socket takes nothing in"));
    }

    private sealed class DecodingCheck(MonitoringHost monitoring) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            IReadOnlyList<DecodeWorkerStatus> workers = monitoring.IsRunning ? monitoring.Running.Decoders : [];
            int ready = workers.Count(worker => worker.ProcessId is not null);
            return Task.FromResult(ready == 0 ? HealthCheckResult.Unhealthy("no decode worker is ready")
                : ready < workers.Count ? HealthCheckResult.Degraded("a decode worker is being started again")
                : HealthCheckResult.Healthy());
        }
    }

    private sealed class AnalysisCheck(MonitoringHost monitoring) : IHealthCheck
    {
        // The models are loaded before anything runs; what can go wrong later is that every picture fails.
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(!monitoring.IsRunning ? HealthCheckResult.Unhealthy("the models are not loaded")
                : monitoring.Running.Analysis is { Analysed: 0, Failed: > 0 } ? HealthCheckResult.Unhealthy("no picture could be analysed")
                : HealthCheckResult.Healthy());
    }
}
