using System.Buffers.Binary;
using Xunke.Streaming.Codecs;
using Xunke.Streaming.Rtp;

namespace Xunke.Streaming.Rooms;

/// <summary>
/// One kind of media of a room, or one layer of its video, on a numbering of the room's own: sequence numbers and
/// timestamps go on when the source changes, so that viewers and taps see one unbroken stream. Packets are kept with a
/// bare 12-byte header.
/// </summary>
internal sealed class RoomTrack
{
    private const int VideoPackets = 1024;
    private const int AudioPackets = 128;

    // How long a tap waits for a missing packet, unless the publisher's round trip is known, and how far.
    private const long FirstPatience = 150_000;
    private const int TapWindow = 512;

    // A viewer who comes gets the pictures since the last key frame at once, unless they are too many for one burst,
    // or so many that decoding them takes longer than a new key frame would.
    private const int ReplayPackets = 256;
    private const long ReplayAge = 2_000_000;

    private readonly PacketRing _ring;
    private readonly SourceNumbering _numbering = new();
    private readonly RoomTimeline _timeline;
    private bool _restarted = true;
    private VideoCodec _codec;
    private Vp8PictureNumbers? _lastPicture;
    private Vp8PictureNumbers? _pictureShift;
    private uint _timestampOffset;
    private long _keyFrame = -1;
    private uint _keyFrameTimestamp;
    private long _keyFrameArrival;

    /// <summary>An empty track.</summary>
    /// <param name="timeline">The timeline that the layers of one kind share.</param>
    public RoomTrack(MediaKind kind, RoomTimeline timeline)
    {
        Kind = kind;
        _timeline = timeline;
        _ring = new PacketRing(kind == MediaKind.Video ? VideoPackets : AudioPackets);
    }

    public MediaKind Kind { get; }

    /// <summary>The room's index of the newest packet; -1 before the first.</summary>
    public long Highest { get; private set; } = -1;

    /// <summary>How long taps wait for a packet that retransmission may still bring, in microseconds.</summary>
    public long Patience { get; set; } = FirstPatience;

    /// <summary>The room's index of the first packet of the newest key frame; -1 before the present source's first.</summary>
    public long KeyFrame => _keyFrame;

    /// <summary>The restriction identifier (RFC 8851) of the layer that the present source sends; null without simulcast.</summary>
    public string? Layer { get; private set; }

    /// <summary>When to ask the source for a key frame.</summary>
    public KeyFrameRequests KeyFrames { get; set; } = new();

    /// <summary>How late packets come, out of order or after asking again.</summary>
    public Lateness Late { get; } = new();

    /// <summary>What the track costs.</summary>
    public LayerRate Rate { get; } = new();

    /// <summary>What of that the pictures cost that a viewer can do without.</summary>
    public LayerRate UpperRate { get; } = new();

    /// <summary>The RTP clock of a kind of media, in Hz.</summary>
    public static int ClockRate(MediaKind kind) => kind == MediaKind.Video ? 90_000 : 48_000;

    /// <summary>The room's timestamp of the newest packet.</summary>
    public uint LastTimestamp { get; private set; }

    public uint ToRoomTimestamp(uint sourceTimestamp) => sourceTimestamp + _timestampOffset;

    /// <summary>The next packet comes from another source; the numbering goes on behind the last packet.</summary>
    /// <param name="layer">The simulcast layer that the source sends; null without simulcast.</param>
    public void Restart(string? layer, VideoCodec codec) => (_restarted, Layer, _codec) = (true, layer, codec);

    /// <summary>Takes a packet into the room.</summary>
    /// <param name="sourceIndex">Its extended sequence number at the source; each comes once.</param>
    /// <returns>False when the packet is older than the source's first one, or longer than can be forwarded.</returns>
    public bool TryAdd(long sourceIndex, in RtpHeader header, ReadOnlySpan<byte> packet, long now, out long index)
    {
        if (_restarted)
        {
            Continue(sourceIndex, header.Timestamp, now);
        }

        index = _numbering.ToRoom(sourceIndex);
        var length = RtpHeader.FixedLength + packet.Length - header.Length;
        if (sourceIndex < _numbering.First || length > PacketRing.MaxPacket
            || index <= Highest - _ring.Capacity || _ring.TryGet(index, out _))
        {
            return false;
        }

        if (index < Highest)
        {
            Late.Note(now - _ring.TimeOf(index), now);
        }

        var copy = _ring.Add(index, length, now);
        RtpHeader.Write(copy, header.Marker, header.PayloadType, (ushort)index, ToRoomTimestamp(header.Timestamp), header.Ssrc);
        copy[0] |= (byte)(packet[0] & RtpHeader.PaddingFlag);
        packet[header.Length..].CopyTo(copy[RtpHeader.FixedLength..]);
        if (_codec == VideoCodec.Vp8)
        {
            Vp8PictureNumbers.Continue(copy[RtpHeader.FixedLength..], ref _pictureShift, ref _lastPicture, isNewest: index > Highest);
        }

        Rate.Count(length);
        Advance(index, header.Timestamp, now);
        return true;
    }

    /// <summary>Puts a packet of the room's own before one of the source's that is to be added next.</summary>
    /// <param name="payload">The payload of the room's packet.</param>
    /// <returns>False when later packets have come already, so that there is no number for it.</returns>
    public bool TryInsert(long sourceIndex, in RtpHeader header, ReadOnlySpan<byte> payload, long now)
    {
        if (_restarted)
        {
            Continue(sourceIndex, header.Timestamp, now);
        }

        var index = _numbering.ToRoom(sourceIndex);
        if (index != Highest + 1)
        {
            return false;
        }

        var copy = _ring.Add(index, RtpHeader.FixedLength + payload.Length, now);
        RtpHeader.Write(copy, marker: false, header.PayloadType, (ushort)index, ToRoomTimestamp(header.Timestamp), header.Ssrc);
        payload.CopyTo(copy[RtpHeader.FixedLength..]);
        _numbering.MoveUp(sourceIndex);
        Advance(index, header.Timestamp, now);
        return true;
    }

    /// <summary>A packet that has just been added is of a picture that viewers can do without.</summary>
    /// <param name="starts">Whether the upper layers can be taken up at it.</param>
    public void MarkUpper(long index, bool starts)
    {
        _ring.LayerOf(index) = starts ? PictureLayer.UpperStart : PictureLayer.Upper;
        UpperRate.Count(_ring.TryGet(index, out var packet) ? packet.Length : 0);
    }

    /// <summary>Whether a viewer can do without a packet.</summary>
    /// <param name="index">A packet of the room, as <see cref="TryGet"/> finds it.</param>
    public PictureLayer LayerOf(long index) => _ring.LayerOf(index);

    /// <summary>A decoder can start at a packet, or at an earlier one of the same picture that was marked before.</summary>
    /// <param name="index">The packet, which has just been added.</param>
    public void MarkKeyFrame(long index, long now)
    {
        var timestamp = _ring.TryGet(index, out var packet) ? BinaryPrimitives.ReadUInt32BigEndian(packet[4..]) : 0;
        if (_keyFrame < 0 || timestamp != _keyFrameTimestamp || index < _keyFrame)
        {
            (_keyFrame, _keyFrameTimestamp, _keyFrameArrival) = (index, timestamp, now);
        }
    }

    /// <summary>Tells whether all is at hand that a decoder needs to start now, and where it begins.</summary>
    /// <param name="orNewKeyFrame">Whether a new key frame can be had instead; otherwise the replay may be as long as it is.</param>
    /// <param name="first">The room's index of the first packet of the last key frame.</param>
    public bool TryGetReplay(bool orNewKeyFrame, long now, out long first)
    {
        first = _keyFrame;
        if (first < 0 || (orNewKeyFrame && (Highest - first >= ReplayPackets || now - _keyFrameArrival > ReplayAge)))
        {
            return false;
        }

        for (var index = first; index <= Highest; index++)
        {
            // A packet missing for less than the patience may still come.
            if (!_ring.TryGet(index, out _) && now - _ring.TimeOf(index) >= Patience)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>When a packet of the room, one of the newest, came.</summary>
    public long TimeOf(long index) => _ring.TimeOf(index);

    public bool TryGet(long index, out ReadOnlySpan<byte> packet) => _ring.TryGet(index, out packet);

    /// <summary>Whether it is worth waiting for a packet that is missing.</summary>
    public bool MayStillCome(long index, long now) => now - _ring.TimeOf(index) < Patience && Highest - index < TapWindow;

    /// <summary>Gives the packets' memory back; the numbering is kept.</summary>
    public void Trim()
    {
        _ring.Clear();
        _keyFrame = -1;
    }

    private void Advance(long index, uint sourceTimestamp, long now)
    {
        for (var missing = Math.Max(Highest + 1, index - _ring.Capacity + 1); missing < index; missing++)
        {
            _ring.Miss(missing, now);
        }

        if (index > Highest)
        {
            Highest = index;
            LastTimestamp = ToRoomTimestamp(sourceTimestamp);
            _timeline.Advance(LastTimestamp, now);
        }
    }

    private void Continue(long sourceIndex, uint timestamp, long now)
    {
        _restarted = false;
        _pictureShift = null;
        _keyFrame = -1;
        _numbering.Restart(sourceIndex, Highest + 1);
        _timestampOffset = _timeline.Continue(now) - timestamp;
    }
}
