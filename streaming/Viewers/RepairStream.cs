using System.Buffers.Binary;
using System.Security.Cryptography;
using Xunke.Streaming.Transport;

namespace Xunke.Streaming.Viewers;

/// <summary>The stream on which a viewer gets lost packets again (RFC 4588), numbered on its own.</summary>
/// <param name="payloadType">The payload type that the viewer offered for it.</param>
internal sealed class RepairStream(byte payloadType)
{
    // In the lower half, as with any stream: see ViewedTrack.
    private ushort _next = (ushort)RandomNumberGenerator.GetInt32(1, 1 << 15);

    public uint Ssrc { get; } = MediaSession.NewSsrc();

    /// <summary>Makes a header that of this stream's next packet.</summary>
    /// <param name="header">A fixed RTP header, whose marker and timestamp stay.</param>
    public void Stamp(Span<byte> header)
    {
        header[1] = (byte)((header[1] & 0x80) | payloadType);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], _next++);
        BinaryPrimitives.WriteUInt32BigEndian(header[8..], Ssrc);
    }
}
