using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Xunke.Actors.Lessons;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Changes;
using Xunke.Web.Configuration;
using Xunke.Web.Identity;
using Xunke.Web.Metrics;

namespace Xunke.Web.Clock;

/// <summary>Whether the clock is believed, for administrators: <c>/api/admin/clock</c>.</summary>
internal static class ClockFeature
{
    /// <summary>The clock, and what would be deleted by it.</summary>
    /// <param name="Held">Why nothing is deleted for its age; null while the clock is believed.</param>
    /// <param name="Now">What the clock says.</param>
    /// <param name="Expected">What it should say.</param>
    /// <param name="Recordings">Recordings that are too old by this clock.</param>
    /// <param name="RecordingBytes">What they take.</param>
    /// <param name="Lessons">Lessons that are too old by this clock.</param>
    internal sealed record ClockView(
        ClockHoldKind? Held, DateTimeOffset Now, DateTimeOffset Expected, int Recordings, long RecordingBytes, int Lessons);

    public static void AddClock(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Uptime>();
        builder.Services.AddSingleton<ClockWatch>();
        builder.Services.AddHostedService<ClockKeeper>();
        builder.Services.AddSingleton<IMetricSource, ClockMetrics>();
    }

    public static void MapClock(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/admin/clock").Require(Permission.ManageClock).WithTags("Administration")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("/", ReadAsync).WithSummary("Whether the clock is believed, and what would be deleted by it");
        group.MapPost("/confirm", ConfirmAsync).WithSummary("Says that the clock is right: what is too old by it is deleted");
    }

    private static async Task<Ok<ClockView>> ReadAsync(
        ClockWatch clock,
        RecordsContext records,
        IOptions<RetentionSettings> retention,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (clock.Read() is not { Hold: { } hold } reading)
        {
            DateTimeOffset now = time.GetUtcNow();
            return TypedResults.Ok(new ClockView(null, now, now, 0, 0, 0));
        }

        IQueryable<Recording> recordings = records.Recordings.Where(one => one.To != null);
        recordings = retention.Value.RecordingDays is > 0 and var recordingDays && reading.Now.AddDays(-recordingDays) is var limit
            ? recordings.Where(one => one.From < limit)
            : recordings.Where(one => false);
        int lessons = retention.Value.SnapshotDays is > 0 and var lessonDays && reading.Now.AddDays(-lessonDays) is var oldest
            ? await records.Lessons.CountAsync(one => one.To < oldest, cancellationToken)
            : 0;
        return TypedResults.Ok(new ClockView(
            hold.Kind,
            reading.Now,
            reading.Expected,
            await recordings.CountAsync(cancellationToken),
            await recordings.SumAsync(one => one.Bytes, cancellationToken),
            lessons));
    }

    private static async Task<NoContent> ConfirmAsync(ClockWatch clock, ChangeBoard changes, Caller caller, AuditTrail audit)
    {
        if (clock.Read() is { Hold: { } hold } reading)
        {
            await audit.RecordAsync(caller.UserName, "clock.confirmed", $"{reading.Now:O} instead of {reading.Expected:O} ({hold.Kind})");
            clock.Confirm();
            changes.Raise(Topic.Clock);
            await clock.SaveAsync(CancellationToken.None);
        }

        return TypedResults.NoContent();
    }
}

/// <summary>A clock that nobody believes is no reason to stop the live path, but an administrator must look.</summary>
internal sealed class ClockCheck(ClockWatch clock) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(clock.Read() is { Hold: null }
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded("nothing is deleted for its age"));
}

/// <summary>The clock against the time that has passed.</summary>
internal sealed class ClockMetrics : MetricSource<ClockWatch>
{
    public ClockMetrics(Meter meter, ClockWatch clock)
        : base(meter, () => clock)
    {
        Gauge("xunke_clock_held", "1 while nothing is deleted for its age because the clock is not believed.",
            seen => seen.Read() is { Hold: null } ? 0 : 1);
        Gauge("xunke_clock_ahead_seconds", "How far the clock is ahead of the time that has passed.",
            seen => seen.Read() is { } reading ? (reading.Now - reading.Expected).TotalSeconds : 0);
    }
}
