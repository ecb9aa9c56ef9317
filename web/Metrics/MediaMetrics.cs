using System.Diagnostics.Metrics;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Rooms;
using Xunke.Web.Hosting;
using Xunke.Web.Schools;

namespace Xunke.Web.Metrics;

/// <summary>
/// The WebRTC edge. Labels name rooms, of which there are as many as are on the books; what is counted per viewer is
/// summed over a room, and of what is measured per viewer the worst is told.
/// </summary>
internal sealed class MediaMetrics : MetricSource<MediaMetrics.Seen>
{
    private readonly SchoolBook _book;

    /// <summary>One look.</summary>
    internal sealed record Seen(MediaServer Media, IReadOnlyList<RoomStatistics> Rooms);

    public MediaMetrics(Meter meter, MonitoringHost monitoring, SchoolBook book)
        : base(meter, () => monitoring.IsRunning ? new Seen(monitoring.Running.Media, monitoring.Running.Media.Statistics()) : null)
    {
        _book = book;
        Gauge("xunke_media_receiving", "Whether the media socket takes datagrams in: 1 or 0.", seen => seen.Media.IsReceiving ? 1 : 0);
        Counter("xunke_media_dropped_datagrams_total", "Datagrams from unknown addresses, or of no protocol spoken here.",
            seen => seen.Media.Dropped);
        Gauge("xunke_media_sessions", "Connected sessions.", seen =>
        [
            Of(seen.Rooms.Count(room => room.Publisher is { Connected: true }), ("role", "publisher")),
            Of(seen.Rooms.Sum(room => room.Viewers.Length), ("role", "viewer")),
        ]);
        Gauge("xunke_media_tcp_connections", "Connections of media over TCP, where UDP is blocked.", seen => seen.Media.TcpConnections);

        Count("xunke_media_received_packets_total", "RTP packets from the room's camera.", totals => totals.PacketsReceived);
        Count("xunke_media_received_bytes_total", "RTP bytes from the room's camera.", totals => totals.BytesReceived);
        Count("xunke_media_lost_packets_total", "Packets of the room's camera that never came.", totals => totals.PacketsLost);
        Count("xunke_media_refused_packets_total", "Packets refused: malformed, not authentic, or replayed.",
            totals => totals.PacketsRefused);
        Count("xunke_media_nacks_sent_total", "Packets asked for again from the camera.", totals => totals.NacksSent);
        Count("xunke_media_plis_sent_total", "Key frames asked for from the camera.", totals => totals.KeyFramesAskedFor);
        Count("xunke_media_sent_packets_total", "RTP packets to the room's viewers.", totals => totals.PacketsSent);
        Count("xunke_media_sent_bytes_total", "RTP bytes to the room's viewers.", totals => totals.BytesSent);
        Count("xunke_media_nacks_received_total", "Packets that the room's viewers asked for again.", totals => totals.NacksReceived);
        Count("xunke_media_plis_received_total", "Key frames that the room's viewers asked for.", totals => totals.KeyFramesWanted);
        Count("xunke_media_retransmissions_total", "Packets sent again to the room's viewers.", totals => totals.Retransmissions);

        Camera("xunke_media_camera_bits_per_second", "Bit rate of the room's camera over the last second.", camera => camera.BitsPerSecond);
        Camera("xunke_media_camera_jitter_seconds", "Jitter of the camera's video (RFC 3550).", camera => camera.VideoJitter.TotalSeconds);

        Camera("xunke_media_camera_round_trip_seconds", "Round trip to the room's camera; 0 before one was measured.",
            camera => (camera.RoundTrip ?? TimeSpan.Zero).TotalSeconds);

        Viewers("xunke_media_viewers", "Viewers of the room.", viewers => viewers.Count);
        Viewers("xunke_media_viewers_paused", "Viewers whose video is held back because their network does not carry it.",
            viewers => viewers.Count(viewer => viewer.VideoPaused));
        Viewers("xunke_media_viewers_reduced", "Viewers who get less than the camera's best layer.",
            viewers => viewers.Count(viewer => viewer.LayerReduced));
        Viewers("xunke_media_viewer_bits_per_second", "Bit rate to all viewers of the room over the last second.",
            viewers => viewers.Sum(viewer => viewer.BitsPerSecond));
        Viewers("xunke_media_viewer_loss_ratio_max", "The greatest share of packets that a viewer reported lost, 0 to 1.",
            viewers => viewers.Max(viewer => viewer.FractionLost));
        Viewers("xunke_media_viewer_round_trip_seconds_max", "The longest round trip to a viewer.",
            viewers => viewers.Max(viewer => viewer.RoundTrip ?? TimeSpan.Zero).TotalSeconds);
        Viewers("xunke_media_viewer_jitter_seconds_max", "The greatest jitter that a viewer reported (RFC 3550).",
            viewers => viewers.Max(viewer => viewer.Jitter).TotalSeconds);
    }

    private void Count(string name, string help, Func<RoomTotals, long> read) =>
        Counter(name, help, seen => seen.Rooms.Select(room => Of(read(room.Totals), Labels(room))));

    private void Camera(string name, string help, Func<PublisherStatistics, double> read) =>
        Gauge(name, help, seen => seen.Rooms.Where(room => room.Publisher is not null)
            .Select(room => Of(read(room.Publisher!), Labels(room))));

    private void Viewers(string name, string help, Func<IReadOnlyCollection<ViewerStatistics>, double> read) =>
        Gauge(name, help, seen => seen.Rooms.Where(room => !room.Viewers.IsEmpty).Select(room => Of(read(room.Viewers), Labels(room))));

    private (string Name, string Value)[] Labels(RoomStatistics room) =>
        [("room", room.RoomId), ("school", _book.FindRoom(room.RoomId)?.SchoolId ?? string.Empty)];
}
