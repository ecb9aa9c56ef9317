using Xunke.Web.Live;

namespace Xunke.Web.Metrics;

/// <summary>The live views and the browsers that take them.</summary>
internal sealed class LiveMetrics(LivePumps pumps) : IMetricSource
{
    /// <inheritdoc />
    public void Write(MetricWriter writer)
    {
        writer.Gauge("xunke_live_connections", "Browsers connected for live views.").Add(pumps.Count);
        writer.Counter("xunke_live_views_sent_total", "Views sent to browsers.").Add(pumps.Sent);
        writer.Counter("xunke_live_stalled_connections_total", "Browsers disconnected because they took nothing any more.").Add(pumps.Stalled);
    }
}
