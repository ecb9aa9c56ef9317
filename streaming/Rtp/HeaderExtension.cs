using System.Buffers.Binary;

namespace Xunke.Streaming.Rtp;

/// <summary>RTP header extension elements in their one-byte and two-byte forms (RFC 8285 4.2, 4.3).</summary>
internal static class HeaderExtension
{
    /// <summary>The "defined by profile" value of the one-byte form.</summary>
    public const ushort OneByteProfile = 0xBEDE;

    private const ushort TwoByteProfile = 0x1000;
    private const ushort TwoByteProfileMask = 0xFFF0;

    /// <summary>Finds the element with an identifier.</summary>
    /// <param name="id">The identifier that SDP's extmap gave, 1..255.</param>
    /// <param name="value">The element's bytes; empty when not found.</param>
    public static bool TryFind(ReadOnlySpan<byte> packet, in RtpHeader header, int id, out ReadOnlySpan<byte> value)
    {
        var elements = packet.Slice(header.ExtensionOffset, header.ExtensionLength);
        if (header.ExtensionProfile == OneByteProfile)
        {
            return TryFindOneByte(elements, id, out value);
        }

        if ((header.ExtensionProfile & TwoByteProfileMask) == TwoByteProfile)
        {
            return TryFindTwoByte(elements, id, out value);
        }

        value = default;
        return false;
    }

    /// <summary>Writes an extension block with one element in the one-byte form, padded to whole words.</summary>
    /// <param name="destination">Receives the block; 4 + the padded element.</param>
    /// <param name="id">1..14.</param>
    /// <param name="value">1..16 bytes.</param>
    /// <returns>The bytes written.</returns>
    public static int WriteOneByte(Span<byte> destination, int id, ReadOnlySpan<byte> value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(id, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(id, 14);
        ArgumentOutOfRangeException.ThrowIfZero(value.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Length, 16);
        var words = (1 + value.Length + 3) / 4;
        BinaryPrimitives.WriteUInt16BigEndian(destination, OneByteProfile);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)words);
        var elements = destination.Slice(4, 4 * words);
        elements.Clear();
        elements[0] = (byte)((id << 4) | (value.Length - 1));
        value.CopyTo(elements[1..]);
        return 4 + elements.Length;
    }

    private static bool TryFindOneByte(ReadOnlySpan<byte> elements, int id, out ReadOnlySpan<byte> value)
    {
        value = default;
        while (!elements.IsEmpty)
        {
            if (elements[0] == 0)
            {
                elements = elements[1..];
                continue;
            }

            var elementId = elements[0] >> 4;
            var length = (elements[0] & 0x0F) + 1;
            // RFC 8285 4.2: identifier 15 stops the parsing.
            if (elementId == 15 || 1 + length > elements.Length)
            {
                return false;
            }

            if (elementId == id)
            {
                value = elements.Slice(1, length);
                return true;
            }

            elements = elements[(1 + length)..];
        }

        return false;
    }

    private static bool TryFindTwoByte(ReadOnlySpan<byte> elements, int id, out ReadOnlySpan<byte> value)
    {
        value = default;
        while (!elements.IsEmpty)
        {
            if (elements[0] == 0)
            {
                elements = elements[1..];
                continue;
            }

            if (elements.Length < 2 || 2 + elements[1] > elements.Length)
            {
                return false;
            }

            if (elements[0] == id)
            {
                value = elements.Slice(2, elements[1]);
                return true;
            }

            elements = elements[(2 + elements[1])..];
        }

        return false;
    }
}
