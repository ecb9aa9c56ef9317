using Xunke.Streaming.Codecs;
using Xunke.Streaming.Rooms;

namespace Xunke.Streaming.Viewers;

/// <summary>Packets that a viewer was sent from one track of the room without a break, and how they were renumbered.</summary>
internal struct Stretch
{
    // A second of pictures passes in 31 ms.
    private const int ReplayShift = 5;

    /// <summary>Where they come from.</summary>
    public RoomTrack Source;

    public long FirstNumber;

    /// <summary>What is added to an index of the room to get the viewer's number.</summary>
    public long ToNumber;

    /// <summary>What is added to a timestamp of the room.</summary>
    public uint Shift;

    /// <summary>The room's index of the last replayed packet; -1 for none.</summary>
    public long ReplayEnd;

    /// <summary>That packet's timestamp.</summary>
    public uint ReplayTimestamp;

    /// <summary>What is added to VP8's own numbers of pictures; null before the first.</summary>
    public Vp8PictureNumbers? PictureShift;

    /// <summary>The viewer's timestamp of a packet: the same each time it is sent.</summary>
    public readonly uint Timestamp(long index, uint timestamp) =>
        Shift + (index <= ReplayEnd ? ReplayTimestamp - ((ReplayTimestamp - timestamp) >> ReplayShift) : timestamp);
}
