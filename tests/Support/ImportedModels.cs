using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Analytics.Models;

namespace Xunke.Tests.Support;

/// <summary>The pose models, imported once for all tests and kept beside them.</summary>
internal static class ImportedModels
{
    private static readonly Lazy<Task<ModelFiles>> Files = new(() => ModelStore.EnsureAsync(
        ModelStore.DefaultSourceDirectory, ModelStore.SharedCacheDirectory, NullLogger.Instance));

    public static Task<ModelFiles> GetAsync() => Files.Value;
}
