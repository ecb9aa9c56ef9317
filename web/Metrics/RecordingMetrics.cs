using Xunke.Actors.Recordings;
using Xunke.Web.Recordings;

namespace Xunke.Web.Metrics;

/// <summary>The recordings that last.</summary>
internal sealed class RecordingMetrics(ActiveRecordings active, RecordingFolders folders) : IMetricSource
{
    /// <inheritdoc />
    public void Write(MetricWriter writer)
    {
        var now = active.All.Select(one => one.Room.Status).ToList();
        writer.Gauge("xunke_recordings_active", "Recordings that last.").Add(now.Count);
        writer.Gauge("xunke_recordings_active_bytes", "What they have written.").Add(now.Sum(status => status.Bytes));
        writer.Gauge("xunke_recordings_free_bytes", "What is free on the disk of the recordings.").Add(folders.FreeBytes);
    }
}
