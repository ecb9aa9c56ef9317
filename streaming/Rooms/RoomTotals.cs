namespace Xunke.Streaming.Rooms;

/// <summary>
/// Counts over all publishers and viewers that a room has had since somebody first came to it. They never fall while the
/// room lives; a room that everybody has left begins anew.
/// </summary>
public sealed record RoomTotals
{
    /// <summary>RTP packets received from publishers.</summary>
    public long PacketsReceived { get; init; }

    /// <summary>Their bytes.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Packets of publishers that never came. One that comes very late is not taken off again.</summary>
    public long PacketsLost { get; init; }

    /// <summary>Sequence numbers asked for again from publishers.</summary>
    public long NacksSent { get; init; }

    public long KeyFramesAskedFor { get; init; }

    /// <summary>Packets of publishers refused: malformed, not authentic, or replayed.</summary>
    public long PacketsRefused { get; init; }

    /// <summary>RTP packets sent to viewers, retransmissions included.</summary>
    public long PacketsSent { get; init; }

    /// <summary>Their bytes.</summary>
    public long BytesSent { get; init; }

    /// <summary>Sequence numbers that viewers asked for again.</summary>
    public long NacksReceived { get; init; }

    /// <summary>Key frames that viewers asked for.</summary>
    public long KeyFramesWanted { get; init; }

    /// <summary>Packets sent again to viewers.</summary>
    public long Retransmissions { get; init; }

    internal RoomTotals With(PublisherStatistics publisher) => this with
    {
        PacketsReceived = PacketsReceived + publisher.Packets,
        BytesReceived = BytesReceived + publisher.Bytes,
        PacketsLost = PacketsLost + publisher.PacketsLost,
        NacksSent = NacksSent + publisher.NacksSent,
        KeyFramesAskedFor = KeyFramesAskedFor + publisher.KeyFrameRequests,
        PacketsRefused = PacketsRefused + publisher.Refused,
    };

    internal RoomTotals With(ViewerStatistics viewer) => this with
    {
        PacketsSent = PacketsSent + viewer.Packets,
        BytesSent = BytesSent + viewer.Bytes,
        NacksReceived = NacksReceived + viewer.NacksReceived,
        KeyFramesWanted = KeyFramesWanted + viewer.KeyFrameRequests,
        Retransmissions = Retransmissions + viewer.Retransmitted,
    };
}
