using System.Buffers.Binary;

namespace Xunke.Streaming.Rtp;

/// <summary>The header of an RTP packet (RFC 3550 5.1) and where its parts lie.</summary>
internal readonly struct RtpHeader
{
    /// <summary>The length of a header without CSRC and extension, in bytes.</summary>
    public const int FixedLength = 12;

    /// <summary>The P bit in the first byte.</summary>
    public const byte PaddingFlag = 0x20;

    private const byte Version = 2;

    public bool Marker { get; private init; }

    /// <summary>0..127.</summary>
    public byte PayloadType { get; private init; }

    public ushort SequenceNumber { get; private init; }

    public uint Timestamp { get; private init; }

    public uint Ssrc { get; private init; }

    /// <summary>Bytes before the payload: fixed header, CSRC list and extension.</summary>
    public int Length { get; private init; }

    /// <summary>Payload bytes, without padding.</summary>
    public int PayloadLength { get; private init; }

    /// <summary>Padding bytes at the end, their count byte included; 0 when the P bit is clear.</summary>
    public int PaddingLength { get; private init; }

    /// <summary>The "defined by profile" field of the extension (RFC 8285 4), 0 when there is none.</summary>
    public ushort ExtensionProfile { get; private init; }

    /// <summary>Where the extension's elements start, from the start of the packet.</summary>
    public int ExtensionOffset { get; private init; }

    /// <summary>The length of the extension's elements in bytes, 0 when there is none.</summary>
    public int ExtensionLength { get; private init; }

    /// <summary>Reads the header of a whole, decrypted packet.</summary>
    /// <returns>False when the packet is not RTP version 2 or its lengths do not add up.</returns>
    public static bool TryParse(ReadOnlySpan<byte> packet, out RtpHeader header)
    {
        header = default;
        if (packet.Length < FixedLength || packet[0] >> 6 != Version)
        {
            return false;
        }

        var length = FixedLength + (4 * (packet[0] & 0x0F));
        ushort profile = 0;
        int extensionOffset = 0, extensionLength = 0;
        if ((packet[0] & 0x10) != 0)
        {
            if (packet.Length < length + 4)
            {
                return false;
            }

            profile = BinaryPrimitives.ReadUInt16BigEndian(packet[length..]);
            extensionLength = 4 * BinaryPrimitives.ReadUInt16BigEndian(packet[(length + 2)..]);
            extensionOffset = length + 4;
            length = extensionOffset + extensionLength;
        }

        if (length > packet.Length)
        {
            return false;
        }

        var padding = 0;
        if ((packet[0] & PaddingFlag) != 0)
        {
            padding = packet[^1];
            if (padding == 0 || length + padding > packet.Length)
            {
                return false;
            }
        }

        header = new RtpHeader
        {
            Marker = (packet[1] & 0x80) != 0,
            PayloadType = (byte)(packet[1] & 0x7F),
            SequenceNumber = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]),
            Timestamp = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]),
            Ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]),
            Length = length,
            PayloadLength = packet.Length - length - padding,
            PaddingLength = padding,
            ExtensionProfile = profile,
            ExtensionOffset = extensionOffset,
            ExtensionLength = extensionLength,
        };
        return true;
    }

    /// <summary>Writes a fixed header without CSRC, extension or padding.</summary>
    /// <param name="packet">At least <see cref="FixedLength"/> bytes.</param>
    public static void Write(Span<byte> packet, bool marker, byte payloadType, ushort sequenceNumber, uint timestamp, uint ssrc)
    {
        packet[0] = Version << 6;
        packet[1] = (byte)((marker ? 0x80 : 0) | (payloadType & 0x7F));
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], sequenceNumber);
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], ssrc);
    }
}
