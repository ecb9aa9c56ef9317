using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using Xunke.Analytics.Models;
using Xunke.Analytics.Vision;
using Xunke.Tests.Analytics.Models;

namespace Xunke.Tests.Analytics.Vision;

/// <summary>The models, imported once for a class of tests, and an estimator with them.</summary>
public sealed class ImportedModels : IAsyncLifetime
{
    public ModelFiles Files { get; private set; } = null!;

    public PoseEstimator Estimator { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Files = await ModelStore.EnsureAsync(ModelStore.DefaultSourceDirectory, ModelStore.SharedCacheDirectory, NullLogger.Instance);
        Estimator = PoseEstimator.Load(Files);
    }

    public ValueTask DisposeAsync()
    {
        Estimator.Dispose();
        return ValueTask.CompletedTask;
    }
}
