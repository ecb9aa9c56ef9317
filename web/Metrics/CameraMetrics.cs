using System.Diagnostics.Metrics;
using Xunke.Actors;
using Xunke.Streaming.Rtsp;
using Xunke.Web.Cameras;
using Xunke.Web.Hosting;
using Xunke.Web.Schools;

namespace Xunke.Web.Metrics;

/// <summary>The RTSP cameras.</summary>
internal sealed class CameraMetrics : MetricSource<MonitoringSystem>
{
    public CameraMetrics(Meter meter, CameraBook cameras, MonitoringHost monitoring, SchoolBook book)
        : base(meter, () => monitoring.IsRunning ? monitoring.Running : null)
    {
        Gauge("xunke_rtsp_camera_up", "Whether the video of a room's RTSP camera comes: 1 or 0.",
            seen => cameras.All.Keys.Select(roomId => Of(
            seen.Cameras.Status(roomId) is { State: CameraState.Live } ? 1 : 0,
            ("room", roomId),
            ("school", book.FindRoom(roomId)?.SchoolId ?? string.Empty))));
    }
}
