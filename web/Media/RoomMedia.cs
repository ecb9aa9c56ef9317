using Xunke.Actors.Visits;
using Xunke.Streaming;
using Xunke.Streaming.Rooms;

namespace Xunke.Web.Media;

/// <summary>How a room's media are going: <c>/api/rooms/{roomId}/media</c>.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="Camera">What comes from the camera; null while none publishes.</param>
/// <param name="Viewers">What goes to viewers: to all for an administrator, to oneself for anybody else.</param>
internal sealed record RoomMedia(string RoomId, CameraMedia? Camera, IReadOnlyList<ViewerMedia> Viewers);

/// <summary>What comes from a camera. Counters start with its session; names and meaning as in <see cref="PublisherStatistics"/>.</summary>
internal sealed record CameraMedia(
    VideoCodec VideoCodec,
    AudioCodec AudioCodec,
    bool Connected,
    long BitsPerSecond,
    long Packets,
    long Bytes,
    long PacketsLost,
    double? RoundTripMilliseconds,
    double JitterMilliseconds,
    long KeyFrameRequests,
    long NacksSent,
    long Refused)
{
    /// <summary>As the media server tells it.</summary>
    public static CameraMedia Of(PublisherStatistics camera) => new(
        camera.Media.VideoCodec,
        camera.Media.AudioCodec,
        camera.Connected,
        camera.BitsPerSecond,
        camera.Packets,
        camera.Bytes,
        camera.PacketsLost,
        camera.RoundTrip?.TotalMilliseconds,
        camera.VideoJitter.TotalMilliseconds,
        camera.KeyFrameRequests,
        camera.NacksSent,
        camera.Refused);
}

/// <summary>
/// What goes to a viewer. Counters start with its session; names and meaning as in <see cref="ViewerStatistics"/>, beside
/// the freezes that the viewer's own browser counted.
/// </summary>
internal sealed record ViewerMedia(
    Guid VisitId,
    string DisplayName,
    MediaKinds Media,
    DateTimeOffset From,
    long BitsPerSecond,
    long Packets,
    long Bytes,
    double LossRatio,
    double? RoundTripMilliseconds,
    double JitterMilliseconds,
    long KeyFrameRequests,
    long NacksReceived,
    long Retransmitted,
    long? EstimatedBitsPerSecond,
    bool VideoPaused,
    string? Layer,
    bool LayerReduced,
    long? Freezes,
    double? FrozenSeconds)
{
    /// <summary>As the media server and the viewer's browser tell it.</summary>
    public static ViewerMedia Of(ViewerStatistics viewer, Visit visit, Playback? playback) => new(
        visit.Id,
        visit.DisplayName,
        visit.Media,
        visit.From,
        viewer.BitsPerSecond,
        viewer.Packets,
        viewer.Bytes,
        viewer.FractionLost,
        viewer.RoundTrip?.TotalMilliseconds,
        viewer.Jitter.TotalMilliseconds,
        viewer.KeyFrameRequests,
        viewer.NacksReceived,
        viewer.Retransmitted,
        viewer.EstimatedBitsPerSecond,
        viewer.VideoPaused,
        viewer.Layer,
        viewer.LayerReduced,
        playback?.Freezes,
        playback?.FrozenSeconds);
}
