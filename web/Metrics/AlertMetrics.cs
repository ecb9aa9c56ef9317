using System.Diagnostics.Metrics;
using Xunke.Actors.Alerts;

namespace Xunke.Web.Metrics;

/// <summary>The alerts that were raised and cleared.</summary>
internal sealed class AlertMetrics : MetricSource<AlertCounts>
{
    public AlertMetrics(Meter meter, AlertCounts counts)
        : base(meter, () => counts)
    {
        Counter("xunke_alerts_raised_total", "Alerts raised, by kind.", seen => Of(seen.Raised));
        Counter("xunke_alerts_cleared_total", "Alerts cleared, by kind.", seen => Of(seen.Cleared));

        static IEnumerable<Measurement<double>> Of(Func<AlertKind, long> count) =>
            AlertKinds.All.Select(kind => MetricSource<AlertCounts>.Of(count(kind), ("kind", kind.ToString())));
    }
}
