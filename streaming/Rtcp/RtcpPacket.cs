using System.Buffers.Binary;

namespace Xunke.Streaming.Rtcp;

/// <summary>RTCP packet types (RFC 3550 12.1, RFC 4585 6.1, RFC 3611 2).</summary>
internal enum RtcpType : byte
{
    SenderReport = 200,
    ReceiverReport = 201,
    SourceDescription = 202,
    Goodbye = 203,
    TransportFeedback = 205,
    PayloadFeedback = 206,
    ExtendedReport = 207,
}

/// <summary>One packet out of a compound RTCP packet.</summary>
internal readonly ref struct RtcpPacket
{
    /// <summary>The length of the common header, in bytes.</summary>
    public const int HeaderLength = 4;

    private const byte Version = 2;

    private RtcpPacket(RtcpType type, int count, ReadOnlySpan<byte> body)
    {
        Type = type;
        Count = count;
        Body = body;
    }

    /// <summary>The type as sent; it may be one that this enum does not name.</summary>
    public RtcpType Type { get; }

    /// <summary>The five bits beside the version: report count, source count or feedback format, 0..31.</summary>
    public int Count { get; }

    /// <summary>What follows the four bytes of common header, without padding.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>Takes the next packet off a compound (RFC 3550 6.1).</summary>
    /// <param name="compound">What is left; moved on past the packet.</param>
    /// <returns>False at the end, and at the first packet that is not RTCP or is longer than what is left.</returns>
    public static bool TryReadNext(ref ReadOnlySpan<byte> compound, out RtcpPacket packet)
    {
        packet = default;
        if (compound.Length < HeaderLength || compound[0] >> 6 != Version)
        {
            return false;
        }

        var length = HeaderLength + (4 * BinaryPrimitives.ReadUInt16BigEndian(compound[2..]));
        if (length > compound.Length)
        {
            return false;
        }

        var padding = (compound[0] & 0x20) != 0 && length > HeaderLength ? compound[length - 1] : 0;
        if (HeaderLength + padding > length)
        {
            return false;
        }

        packet = new RtcpPacket((RtcpType)compound[1], compound[0] & 0x1F, compound[HeaderLength..(length - padding)]);
        compound = compound[length..];
        return true;
    }
}
