using System.Diagnostics.Metrics;
using Xunke.Actors.Recordings;
using Xunke.Web.Recordings;

namespace Xunke.Web.Metrics;

/// <summary>The recordings that last.</summary>
internal sealed class RecordingMetrics : MetricSource<ActiveRecordings>
{
    public RecordingMetrics(Meter meter, ActiveRecordings active, RecordingFolders folders)
        : base(meter, () => active)
    {
        Gauge("xunke_recordings_active", "Recordings that last.", seen => seen.All.Count());
        Gauge("xunke_recordings_active_bytes", "What they have written.", seen => seen.All.Sum(one => one.Room.Status.Bytes));
        Gauge("xunke_recordings_free_bytes", "What is free on the disk of the recordings.", _ => folders.FreeBytes);
    }
}
