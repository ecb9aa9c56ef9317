using Xunke.Streaming.Sessions;

namespace Xunke.Streaming.Rooms;

/// <summary>Reads a room's figures off its sessions.</summary>
internal static class RoomFigures
{
    public static RoomStatistics Of(Room room) =>
        new(room.Id, room.Publisher is { } publisher ? Of(publisher) : null, [.. room.Viewers.ToArray().Where(viewer => viewer.IsConnected).Select(Of)]);

    private static PublisherStatistics Of(PublisherSession publisher) => new(
        publisher.Id,
        publisher.Media,
        publisher.IsConnected,
        publisher.Rate.BitsPerSecond,
        publisher.Rate.Packets,
        (publisher.Video?.PacketsLost ?? 0) + (publisher.Audio?.PacketsLost ?? 0),
        publisher.Video?.Jitter ?? TimeSpan.Zero,
        publisher.Room.KeyFrames.Count,
        publisher.NacksSent,
        publisher.Refused);

    private static ViewerStatistics Of(ViewerSession viewer) => new(
        viewer.Id,
        viewer.Rate.BitsPerSecond,
        viewer.Rate.Packets,
        viewer.FractionLost,
        viewer.RoundTrip,
        viewer.Jitter,
        viewer.KeyFrameRequests,
        viewer.NacksReceived,
        viewer.Retransmitted,
        viewer.EstimatedBitsPerSecond,
        viewer.VideoPaused,
        viewer.Layer);
}
