using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Xunke.Streaming.Transport.Ice;

/// <summary>Header, FINGERPRINT and MESSAGE-INTEGRITY of a STUN message (RFC 8489 sections 5, 14.5 and 14.7).</summary>
internal static class StunMessage
{
    public const int HeaderLength = 20;
    public const int TransactionIdOffset = 8;
    public const int TransactionIdLength = 12;
    public const uint MagicCookie = 0x2112A442;
    public const ushort BindingRequest = 0x0001;
    public const ushort BindingSuccess = 0x0101;
    public const ushort BindingError = 0x0111;

    /// <summary>Longest message accepted, in bytes: one Ethernet frame. Bounds the copy made to check the integrity.</summary>
    public const int MaximumLength = 1500;

    public const int IntegrityLength = HMACSHA1.HashSizeInBytes;
    public const int FingerprintAttributeLength = 8;
    public const uint FingerprintMask = 0x5354554E;

    /// <summary>True when the header is that of a STUN message which fills the datagram exactly.</summary>
    public static bool HasValidHeader(ReadOnlySpan<byte> datagram) =>
        datagram.Length is >= HeaderLength and <= MaximumLength
        && (datagram[0] & 0xC0) == 0
        && BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) == MagicCookie
        && (datagram.Length & 3) == 0
        && BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) == datagram.Length - HeaderLength;

    public static ushort Type(ReadOnlySpan<byte> message) => BinaryPrimitives.ReadUInt16BigEndian(message);

    /// <summary>Checks that FINGERPRINT is there, is the last attribute and matches.</summary>
    public static bool HasValidFingerprint(ReadOnlySpan<byte> message)
    {
        if (message.Length < HeaderLength + FingerprintAttributeLength)
        {
            return false;
        }

        var attribute = message[^FingerprintAttributeLength..];
        return BinaryPrimitives.ReadUInt16BigEndian(attribute) == StunAttribute.Fingerprint
            && BinaryPrimitives.ReadUInt16BigEndian(attribute[2..]) == 4
            && BinaryPrimitives.ReadUInt32BigEndian(attribute[4..]) == Fingerprint(message[..^FingerprintAttributeLength]);
    }

    public static uint Fingerprint(ReadOnlySpan<byte> before) => Crc32.Compute(before) ^ FingerprintMask;

    /// <summary>Checks the MESSAGE-INTEGRITY attribute whose header starts at <paramref name="integrityOffset"/>, in constant
    /// time.</summary>
    public static bool HasValidIntegrity(ReadOnlySpan<byte> message, int integrityOffset, ReadOnlySpan<byte> password)
    {
        Span<byte> expected = stackalloc byte[IntegrityLength];
        ComputeIntegrity(message[..integrityOffset], password, expected);
        return CryptographicOperations.FixedTimeEquals(expected, message.Slice(integrityOffset + 4, IntegrityLength));
    }

    /// <summary>
    /// HMAC-SHA1 over the message up to the attribute, with the header's length as if the attribute were the last
    /// (RFC 8489 section 14.5).
    /// </summary>
    public static void ComputeIntegrity(ReadOnlySpan<byte> before, ReadOnlySpan<byte> password, Span<byte> hash)
    {
        Span<byte> copy = stackalloc byte[MaximumLength];
        copy = copy[..before.Length];
        before.CopyTo(copy);
        BinaryPrimitives.WriteUInt16BigEndian(copy[2..], (ushort)(before.Length - HeaderLength + 4 + IntegrityLength));
        HMACSHA1.HashData(password, copy, hash);
    }
}
