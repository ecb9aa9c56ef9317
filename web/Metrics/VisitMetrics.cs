using Xunke.Actors.Visits;
using Xunke.Streaming;
using Xunke.Web.Media;
using Xunke.Web.Visits;

namespace Xunke.Web.Metrics;

/// <summary>The visits, and how they play in the visitors' browsers.</summary>
internal sealed class VisitMetrics(OpenVisits visits, Playbacks playbacks) : IMetricSource
{
    /// <inheritdoc />
    public void Write(MetricWriter writer)
    {
        MetricFamily open = writer.Gauge("xunke_visits_open", "Visits that last, by what they see and hear.");
        foreach (MediaKinds way in ListeningPolicy.Ways)
        {
            open.Add(visits.Count(way), ("media", way.ToString().ToLowerInvariant()));
        }

        writer.Counter("xunke_visits_opened_total", "Visits begun.").Add(visits.Begun);
        MetricFamily freezes = writer.Counter("xunke_visit_freezes_total", "Freezes of the picture that the browsers of a room's visitors counted.");
        foreach ((string roomId, Playback sum) in playbacks.Rooms)
        {
            freezes.Add(sum.Freezes, ("room", roomId));
        }

        MetricFamily frozen = writer.Counter("xunke_visit_frozen_seconds_total", "How long the picture stood still in the browsers of a room's visitors.");
        foreach ((string roomId, Playback sum) in playbacks.Rooms)
        {
            frozen.Add(sum.FrozenSeconds, ("room", roomId));
        }
    }
}
