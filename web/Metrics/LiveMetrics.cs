using System.Diagnostics.Metrics;
using Xunke.Web.Live;

namespace Xunke.Web.Metrics;

/// <summary>The live views and the browsers that take them.</summary>
internal sealed class LiveMetrics : MetricSource<LivePumps>
{
    public LiveMetrics(Meter meter, LivePumps pumps)
        : base(meter, () => pumps)
    {
        Gauge("xunke_live_connections", "Browsers connected for live views.", seen => seen.Count);
        Counter("xunke_live_views_sent_total", "Views sent to browsers.", seen => seen.Sent);
        Counter("xunke_live_stalled_connections_total", "Browsers disconnected because they took nothing any more.", seen => seen.Stalled);
    }
}
