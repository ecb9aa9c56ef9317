using System.Reflection;

namespace Xunke.Web.Metrics;

/// <summary>Which program it is.</summary>
internal sealed class BuildMetrics : IMetricSource
{
    private static readonly string Version =
        typeof(BuildMetrics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <inheritdoc />
    public void Write(MetricWriter writer) =>
        writer.Gauge("xunke_build_info", "The program's version, and that of .NET; always 1.")
            .Add(1, ("version", Version), ("dotnet", Environment.Version.ToString()));
}
