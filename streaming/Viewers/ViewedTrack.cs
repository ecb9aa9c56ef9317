using System.Buffers.Binary;
using Xunke.Streaming.Codecs;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Rtp;
using Xunke.Streaming.Sdp;
using Xunke.Streaming.Transport;

namespace Xunke.Streaming.Viewers;

/// <summary>One kind of media as it goes to a viewer: under the viewer's payload type and an SSRC and numbering of its own.</summary>
internal sealed class ViewedTrack(AcceptedMedia media)
{
    // How many requests are remembered; a power of two, as the numbers are counted in 16 bits.
    private const int RememberedRequests = 512;

    private readonly ViewedNumbering _numbering = new();
    private readonly ExtensionBlock _extensions = new(media.ArrivalExtensionId, media.PlayoutDelayId);
    private readonly byte _payloadType = (byte)media.Codec.PayloadType;
    private readonly bool _isVp8 = media.Kind == MediaKind.Video && Negotiation.VideoCodecOf(media.Codec) == VideoCodec.Vp8;
    private readonly Lateness _late = new();
    private readonly PlayoutHold _hold = new();
    private readonly ushort[] _asked = new ushort[RememberedRequests];
    private Vp8PictureNumbers? _lastPicture;

    public MediaKind Kind => media.Kind;

    public uint Ssrc { get; } = MediaSession.NewSsrc();

    /// <summary>Where lost packets go out again; null when on this same stream.</summary>
    public RepairStream? Repair { get; } = media.RepairType is { } type ? new RepairStream((byte)type) : null;

    /// <summary>Whether packets carry transport-wide sequence numbers.</summary>
    public bool ReportsArrival => media.ArrivalExtensionId != 0;

    /// <summary>The round trip to the viewer, in microseconds; 0 while it is not known.</summary>
    public long RoundTrip { get; set; }

    /// <summary>RTP packets sent.</summary>
    public uint Packets { get; private set; }

    /// <summary>Payload bytes sent.</summary>
    public uint Octets { get; private set; }

    /// <inheritdoc cref="ViewedNumbering.Begin"/>
    public void Begin(RoomTrack source, long index, uint timestamp) => _numbering.Begin(source, index, timestamp);

    /// <inheritdoc cref="ViewedNumbering.Skip"/>
    public void Skip(long index) => _numbering.Skip(index);

    /// <inheritdoc cref="ViewedNumbering.Covers"/>
    public bool Covers(RoomTrack source, long index) => _numbering.Covers(source, index);

    /// <summary>
    /// What is sent up to a packet is a replay of the immediate past. Its timestamps are drawn together towards the
    /// present, or a player would take the first picture for the present one and lag behind from then on.
    /// </summary>
    /// <param name="index">The room's index of the last replayed packet.</param>
    public void ReplayUntil(long index, uint timestamp)
    {
        ref var present = ref _numbering.Present;
        (present.ReplayEnd, present.ReplayTimestamp) = (index, timestamp);
    }

    /// <summary>Writes a packet of the present source as this viewer gets it.</summary>
    /// <param name="index">The packet's index in the room, which <see cref="Covers"/>.</param>
    /// <param name="arrivalOffset">Where its transport-wide sequence number is to be written; 0 for nowhere.</param>
    /// <returns>The bytes written.</returns>
    public int Write(long index, ReadOnlySpan<byte> packet, Span<byte> destination, out int arrivalOffset)
    {
        ref var stretch = ref _numbering.Present;
        var length = Write(ref stretch, index, packet, destination, repair: false, out arrivalOffset);
        _numbering.Sent(index + stretch.ToNumber, BinaryPrimitives.ReadUInt32BigEndian(destination[4..]));
        Packets++;
        Octets += (uint)(packet.Length - RtpHeader.FixedLength);
        return length;
    }

    /// <summary>Tells the viewer's player how late packets may come, so that it holds pictures for as long.</summary>
    public void Hold(long now)
    {
        // Where lost packets are sent again under their old number, they must stay the same to the last bit.
        if (Repair is not null && _numbering.HasBegun)
        {
            _extensions.Hold(_hold.Follow(Math.Max(_late.At(now), _numbering.Present.Source.Late.At(now)), now));
        }
    }

    /// <summary>Writes a packet that this viewer was sent and asks for again.</summary>
    /// <param name="length">The bytes written.</param>
    /// <param name="arrivalOffset">Where its transport-wide sequence number is to be written; 0 for nowhere.</param>
    /// <returns>False when it was never sent, is no longer kept, or cannot be sent again.</returns>
    public bool TryWriteAgain(ushort sequenceNumber, long now, Span<byte> destination, out int length, out int arrivalOffset)
    {
        (length, arrivalOffset) = (0, 0);
        if (!_numbering.TryFind(sequenceNumber, out var number, out var place))
        {
            return false;
        }

        ref var stretch = ref _numbering.At(place);
        var index = number - stretch.ToNumber;
        // A packet resent under its old number must be identical (RFC 3711 9.1); a new transport-wide number would change it.
        if (!stretch.Source.TryGet(index, out var packet) || (Repair is null && CarriesArrival(packet)))
        {
            return false;
        }

        if (index > stretch.ReplayEnd)
        {
            // Its lateness at the viewer: the time since it was first sent, and one more round trip in case it is lost again.
            _late.Note(now - stretch.Source.TimeOf(index) + (2 * RoundTrip), now);
        }

        length = Write(ref stretch, index, packet, destination, Repair is not null && Fits(packet), out arrivalOffset);
        return true;
    }

    /// <summary>
    /// Notes that a packet is asked for. On the second request it is sent twice: a third round may come too late to be shown.
    /// </summary>
    /// <returns>How many copies to send.</returns>
    public int CopiesOf(ushort sequenceNumber)
    {
        ref var asked = ref _asked[sequenceNumber % RememberedRequests];
        var copies = asked == sequenceNumber && Repair is not null ? 2 : 1;
        asked = sequenceNumber;
        return copies;
    }

    /// <summary>Writes a packet of padding alone, on the stream of retransmissions, where it disturbs nothing (RFC 4588 has no such packet;
    /// receivers drop it).</summary>
    /// <param name="arrivalOffset">Where its transport-wide sequence number is to be written.</param>
    /// <returns>The bytes written.</returns>
    public int WritePadding(Span<byte> destination, out int arrivalOffset)
    {
        RtpHeader.Write(destination, marker: false, 0, 0, _numbering.LastTimestamp, 0);
        Repair!.Stamp(destination);
        var offset = _extensions.Write(destination);
        arrivalOffset = _extensions.ArrivalOffset;
        var padding = destination.Slice(offset, byte.MaxValue);
        padding.Clear();
        padding[^1] = byte.MaxValue;
        destination[0] |= RtpHeader.PaddingFlag;
        return offset + byte.MaxValue;
    }

    private bool Fits(ReadOnlySpan<byte> packet) =>
        packet.Length + RepairFormat.HeaderLength + _extensions.Length <= PacketRing.MaxPacket;

    private bool CarriesArrival(ReadOnlySpan<byte> packet) => ReportsArrival && Fits(packet);

    private int Write(
        ref Stretch stretch, long index, ReadOnlySpan<byte> packet, Span<byte> destination, bool repair, out int arrivalOffset)
    {
        packet[..RtpHeader.FixedLength].CopyTo(destination);
        destination[1] = (byte)((packet[1] & 0x80) | _payloadType);
        var sequenceNumber = (ushort)(index + stretch.ToNumber);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], sequenceNumber);
        BinaryPrimitives.WriteUInt32BigEndian(
            destination[4..], stretch.Timestamp(index, BinaryPrimitives.ReadUInt32BigEndian(packet[4..])));
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], Ssrc);
        var offset = RtpHeader.FixedLength;
        arrivalOffset = 0;
        if (Fits(packet))
        {
            offset = _extensions.Write(destination);
            arrivalOffset = _extensions.ArrivalOffset;
        }

        if (repair)
        {
            Repair!.Stamp(destination);
            BinaryPrimitives.WriteUInt16BigEndian(destination[offset..], sequenceNumber);
            offset += RepairFormat.HeaderLength;
        }

        packet[RtpHeader.FixedLength..].CopyTo(destination[offset..]);
        if (_isVp8)
        {
            var isNewest = _numbering.IsNewest(index + stretch.ToNumber);
            Vp8PictureNumbers.Continue(destination[offset..], ref stretch.PictureShift, ref _lastPicture, isNewest);
        }

        return offset + packet.Length - RtpHeader.FixedLength;
    }
}
