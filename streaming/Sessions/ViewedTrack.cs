using System.Buffers.Binary;
using System.Security.Cryptography;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Rtp;

namespace Xunke.Streaming.Sessions;

/// <summary>One kind of media as it goes to a viewer: under the viewer's payload type and an SSRC and numbering of its own.</summary>
/// <param name="kind">Audio or video.</param>
/// <param name="payloadType">The payload type that the viewer asked for.</param>
/// <param name="repairType">The payload type of retransmissions; null when lost packets are sent again as they were.</param>
internal sealed class ViewedTrack(MediaKind kind, byte payloadType, byte? repairType)
{
    // A second of pictures passes in 31 ms.
    private const int ReplayShift = 5;

    // A first number in the lower half leaves room before the wrap, where a receiver that misses
    // the first packets would guess a wrong roll-over counter (RFC 3711 3.3.1).
    private readonly ushort _first = (ushort)RandomNumberGenerator.GetInt32(1, 1 << 15);
    private long _offset;
    private bool _started;
    private long _replayEnd = -1;
    private uint _replayTimestamp;

    public MediaKind Kind => kind;

    public uint Ssrc { get; } = MediaSession.NewSsrc();

    /// <summary>Where lost packets go out again; null when on this same stream.</summary>
    public RepairStream? Repair { get; } = repairType is { } type ? new RepairStream(type) : null;

    /// <summary>RTP packets sent.</summary>
    public uint Packets { get; private set; }

    /// <summary>Payload bytes sent.</summary>
    public uint Octets { get; private set; }

    /// <summary>The room's index of the newest packet sent.</summary>
    public long Highest { get; private set; }

    /// <summary>
    /// What is sent up to a packet is a replay of the immediate past. Its timestamps are drawn together towards the
    /// present, or a player would take the first picture for the present one and lag behind from then on.
    /// </summary>
    /// <param name="index">The room's index of the last replayed packet.</param>
    /// <param name="timestamp">That packet's timestamp.</param>
    public void ReplayUntil(long index, uint timestamp)
    {
        _replayEnd = index;
        _replayTimestamp = timestamp;
    }

    /// <summary>Writes a room's packet as this viewer gets it.</summary>
    /// <param name="index">The packet's index in the room.</param>
    /// <param name="packet">The room's packet.</param>
    /// <param name="destination">Receives it, as long as the packet.</param>
    /// <returns>False when the packet is from before the viewer's first one.</returns>
    public bool TryWrite(long index, ReadOnlySpan<byte> packet, Span<byte> destination)
    {
        if (!_started)
        {
            _started = true;
            _offset = index - _first;
            Highest = index;
        }

        if (index < _offset + _first)
        {
            return false;
        }

        Rewrite(index, packet, destination);
        Highest = Math.Max(Highest, index);
        Packets++;
        Octets += (uint)(packet.Length - RtpHeader.FixedLength);
        return true;
    }

    /// <summary>Writes a packet that this viewer was sent and asks for again.</summary>
    /// <param name="index">As <see cref="TryGetIndex"/> gave it.</param>
    /// <param name="packet">The room's packet.</param>
    /// <param name="destination">Receives it; a whole datagram.</param>
    /// <param name="length">The bytes written.</param>
    /// <returns>False when the packet is from before the viewer's first one.</returns>
    public bool TryWriteRepair(long index, ReadOnlySpan<byte> packet, Span<byte> destination, out int length)
    {
        length = packet.Length;
        if (Repair is null || packet.Length + RepairFormat.HeaderLength > PacketRing.MaxPacket)
        {
            return TryWrite(index, packet, destination);
        }

        Rewrite(index, packet, destination);
        length += RepairFormat.HeaderLength;
        Repair.Wrap(destination[..length]);
        return true;
    }

    /// <summary>The room's index of a sequence number that this viewer was sent.</summary>
    public bool TryGetIndex(ushort sequenceNumber, out long index)
    {
        index = SequenceNumber.Extend(Highest - _offset, sequenceNumber) + _offset;
        return _started && index <= Highest && index >= _offset + _first;
    }

    private void Rewrite(long index, ReadOnlySpan<byte> packet, Span<byte> destination)
    {
        packet.CopyTo(destination);
        destination[1] = (byte)((packet[1] & 0x80) | payloadType);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)(index - _offset));
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], Ssrc);
        if (index <= _replayEnd)
        {
            // The same for a retransmission, which must be the same packet to the last bit (RFC 3711 9.1).
            var age = _replayTimestamp - BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
            BinaryPrimitives.WriteUInt32BigEndian(destination[4..], _replayTimestamp - (age >> ReplayShift));
        }
    }
}
