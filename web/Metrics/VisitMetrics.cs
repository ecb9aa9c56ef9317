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
            open.Add(visits.With(media => media == way).Count, ("media", way.ToString().ToLowerInvariant()));
        }

        writer.Counter("xunke_visits_opened_total", "Visits begun.").Add(visits.Begun);
        IReadOnlyList<RoomPlayback> rooms = playbacks.Rooms();
        MetricFamily freezes = writer.Counter("xunke_visit_freezes_total", "Freezes of the picture that the browsers of a room's visitors counted.");
        foreach (RoomPlayback room in rooms)
        {
            freezes.Add(room.Freezes, ("room", room.RoomId));
        }

        MetricFamily frozen = writer.Counter("xunke_visit_frozen_seconds_total", "How long the picture stood still in the browsers of a room's visitors.");
        foreach (RoomPlayback room in rooms)
        {
            frozen.Add(room.FrozenSeconds, ("room", room.RoomId));
        }
    }
}
