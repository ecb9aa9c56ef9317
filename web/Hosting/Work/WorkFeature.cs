using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunke.Web.Metrics;

namespace Xunke.Web.Hosting.Work;

/// <summary>Puts in what guards the server's own work.</summary>
internal static class WorkFeature
{
    public static void AddWork(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WorkGuard>();
        builder.Services.AddSingleton<IMetricSource, WorkMetrics>();
        // A library's loop that ends by a fault is told by WatchLoops; it is no reason to end the rooms' view.
        builder.Services.Configure<HostOptions>(
            options => options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore);
    }

    /// <summary>Tells of every background service whose loop ends by a fault, our own and a library's.</summary>
    public static void WatchLoops(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        WorkGuard guard = app.Services.GetRequiredService<WorkGuard>();
        foreach (BackgroundService service in app.Services.GetServices<IHostedService>().OfType<BackgroundService>())
        {
            service.ExecuteTask?.ContinueWith(
                loop => guard.Failed(service.GetType().Name, loop.Exception!.GetBaseException()),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default);
        }
    });
}

/// <summary>Work that fails leaves the server able to show its rooms; somebody should look.</summary>
internal sealed class WorkCheck(WorkGuard guard) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(guard.Failing is { Count: > 0 } failing
            ? HealthCheckResult.Degraded($"failing: {string.Join(", ", failing.Select(state => state.Work))}")
            : HealthCheckResult.Healthy());
}

/// <summary>The failures of the server's own work.</summary>
internal sealed class WorkMetrics : MetricSource<IReadOnlyList<WorkState>>
{
    public WorkMetrics(Meter meter, WorkGuard guard)
        : base(meter, () => guard.All)
    {
        Gauge("xunke_work_failing", "1 while a piece of the server's own work fails.",
            seen => seen.Select(state => Of(state.FailingSince is null ? 0 : 1, ("work", state.Work))));
        Counter("xunke_work_failures_total", "Failures of the server's own work since its start.",
            seen => seen.Select(state => Of(state.Failures, ("work", state.Work))));
    }
}
