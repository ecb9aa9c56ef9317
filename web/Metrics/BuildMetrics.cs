using System.Diagnostics.Metrics;
using System.Reflection;

namespace Xunke.Web.Metrics;

/// <summary>Which program it is.</summary>
internal sealed class BuildMetrics : MetricSource<string>
{
    public BuildMetrics(Meter meter)
        : base(meter, () => typeof(BuildMetrics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "unknown")
    {
        Gauge("xunke_build_info", "The program's version, and that of .NET; always 1.",
            version => [Of(1, ("version", version), ("dotnet", Environment.Version.ToString()))]);
    }
}
