using Xunke.Streaming.Sessions;

namespace Xunke.Streaming.Rooms;

/// <summary>Reads a room's figures off its sessions.</summary>
internal static class RoomFigures
{
    public static RoomStatistics Of(Room room) =>
        new(room.Id, room.Publisher?.Statistics, [.. room.Viewers.ToArray().Where(viewer => viewer.IsConnected).Select(Of)], room.Totals);

    public static ViewerStatistics Of(ViewerSession viewer) => new(
        viewer.Id,
        viewer.Rate.BitsPerSecond,
        viewer.Rate.Packets,
        viewer.Rate.Bytes,
        viewer.FractionLost,
        viewer.RoundTrip,
        viewer.Jitter,
        viewer.KeyFrameRequests,
        viewer.NacksReceived,
        viewer.Retransmitted,
        viewer.EstimatedBitsPerSecond,
        viewer.VideoPaused,
        viewer.Layer,
        viewer.LayerReduced);
}
