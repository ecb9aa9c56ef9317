using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Xunke.Web.Recordings;

/// <summary>The disk is no reason to stop the live path, but somebody should look.</summary>
internal sealed class RecordingStorageCheck(RecordingStorage storage) : IHealthCheck
{
    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        (await storage.MeasureAsync(cancellationToken)).Level switch
        {
            StorageLevel.Ok => HealthCheckResult.Healthy(),
            StorageLevel.Low => HealthCheckResult.Degraded("there is little room left for recordings"),
            _ => HealthCheckResult.Degraded("the disk is too full to record"),
        };
}
