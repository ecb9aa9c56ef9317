using System.Diagnostics.Metrics;
using Xunke.Actors.Visits;
using Xunke.Web.Media;
using Xunke.Web.Visits;

namespace Xunke.Web.Metrics;

/// <summary>The visits, and how they play in the visitors' browsers.</summary>
internal sealed class VisitMetrics : MetricSource<OpenVisits>
{
    public VisitMetrics(Meter meter, OpenVisits visits, Playbacks playbacks)
        : base(meter, () => visits)
    {
        Gauge("xunke_visits_open", "Visits that last, by what they see and hear.", seen =>
            ListeningPolicy.Ways.Select(way => Of(seen.Count(way), ("media", way.ToString().ToLowerInvariant()))));
        Counter("xunke_visits_opened_total", "Visits begun.", seen => seen.Begun);
        Counter("xunke_visit_freezes_total", "Freezes of the picture that the browsers of a room's visitors counted.",
            _ => playbacks.Rooms.Select(room => Of(room.Value.Freezes, ("room", room.Key))));
        Counter("xunke_visit_frozen_seconds_total", "How long the picture stood still in the browsers of a room's visitors.",
            _ => playbacks.Rooms.Select(room => Of(room.Value.FrozenSeconds, ("room", room.Key))));
    }
}
