using Xunke.Streaming.Rtsp;
using Xunke.Web.Cameras;
using Xunke.Web.Hosting;
using Xunke.Web.Schools;

namespace Xunke.Web.Metrics;

/// <summary>The RTSP cameras.</summary>
internal sealed class CameraMetrics(CameraBook cameras, MonitoringHost monitoring, SchoolBook book) : IMetricSource
{
    /// <inheritdoc />
    public void Write(MetricWriter writer)
    {
        if (!monitoring.IsRunning)
        {
            return;
        }

        MetricFamily up = writer.Gauge("xunke_rtsp_camera_up", "Whether the video of a room's RTSP camera comes: 1 or 0.");
        foreach (string roomId in cameras.All.Keys)
        {
            bool live = monitoring.Running.Cameras.Status(roomId) is { State: CameraState.Live };
            up.Add(live ? 1 : 0, ("room", roomId), ("school", book.FindRoom(roomId)?.SchoolId ?? string.Empty));
        }
    }
}
