using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunke.Actors.Lessons;

namespace Xunke.Web.Lessons;

/// <summary>Whether lessons that go on can be written down.</summary>
internal sealed class LessonsCheck(LessonSpools spools) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(spools.IsFailing
            ? HealthCheckResult.Degraded("lessons that go on cannot be written down; a crash would cost them")
            : HealthCheckResult.Healthy());
}
