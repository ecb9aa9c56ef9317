using System.Buffers.Binary;
using System.Security.Cryptography;
using Xunke.Streaming.Rtp;

namespace Xunke.Streaming.Sessions;

/// <summary>The stream on which a viewer gets lost packets again (RFC 4588), numbered on its own.</summary>
/// <param name="payloadType">The payload type that the viewer offered for it.</param>
internal sealed class RepairStream(byte payloadType)
{
    // In the lower half, as with any stream: see ViewedTrack.
    private ushort _next = (ushort)RandomNumberGenerator.GetInt32(1, 1 << 15);

    public uint Ssrc { get; } = MediaSession.NewSsrc();

    /// <summary>Turns a packet as the viewer got it into its retransmission, in place.</summary>
    /// <param name="packet">The packet with a bare header, and <see cref="RepairFormat.HeaderLength"/> bytes of room behind it.</param>
    public void Wrap(Span<byte> packet)
    {
        var sequenceNumber = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        packet[RtpHeader.FixedLength..^RepairFormat.HeaderLength].CopyTo(packet[(RtpHeader.FixedLength + RepairFormat.HeaderLength)..]);
        BinaryPrimitives.WriteUInt16BigEndian(packet[RtpHeader.FixedLength..], sequenceNumber);
        packet[1] = (byte)((packet[1] & 0x80) | payloadType);
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], _next++);
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], Ssrc);
    }
}
