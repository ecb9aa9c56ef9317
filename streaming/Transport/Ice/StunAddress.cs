using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Xunke.Streaming.Transport.Ice;

/// <summary>The value of XOR-MAPPED-ADDRESS (RFC 8489 section 14.2).</summary>
internal static class StunAddress
{
    public const int MaximumLength = 4 + 16;
    private const byte FamilyIPv4 = 1;
    private const byte FamilyIPv6 = 2;

    /// <summary>Writes the value for an address of 4 or 16 bytes and returns its length. An IPv4-mapped IPv6 address is written as
    /// IPv4.</summary>
    public static int Write(Span<byte> value, ReadOnlySpan<byte> address, int port, ReadOnlySpan<byte> transactionId)
    {
        if (address.Length == 16 && IsIPv4Mapped(address))
        {
            // A dual-stack socket reports IPv4 peers so; the peer knows its address as plain IPv4.
            address = address[12..];
        }

        value[0] = 0;
        value[1] = address.Length == 4 ? FamilyIPv4 : FamilyIPv6;
        BinaryPrimitives.WriteUInt16BigEndian(value[2..], (ushort)port);
        address.CopyTo(value[4..]);
        Mask(value[2..(4 + address.Length)], transactionId);
        return 4 + address.Length;
    }

    public static bool TryRead(ReadOnlySpan<byte> value, ReadOnlySpan<byte> transactionId, out IPEndPoint? endPoint)
    {
        endPoint = null;
        if (value.Length < 4 || (value[1], value.Length) is not ((FamilyIPv4, 8) or (FamilyIPv6, 20)))
        {
            return false;
        }

        Span<byte> clear = stackalloc byte[MaximumLength];
        clear = clear[..value.Length];
        value.CopyTo(clear);
        Mask(clear[2..], transactionId);
        endPoint = new IPEndPoint(new IPAddress(clear[4..]), BinaryPrimitives.ReadUInt16BigEndian(clear[2..]));
        return true;
    }

    /// <summary>Splits a native socket address into port and address bytes (Linux's sockaddr_in and sockaddr_in6).</summary>
    public static ReadOnlySpan<byte> Bytes(SocketAddress address, out int port)
    {
        var native = address.Buffer.Span;
        port = BinaryPrimitives.ReadUInt16BigEndian(native[2..]);
        return address.Family switch
        {
            AddressFamily.InterNetwork => native.Slice(4, 4),
            AddressFamily.InterNetworkV6 => native.Slice(8, 16),
            _ => throw new ArgumentException("Only IPv4 and IPv6 addresses can be mapped.", nameof(address)),
        };
    }

    /// <summary>XORs the port with the cookie's upper half, and the address with cookie and transaction identifier.</summary>
    private static void Mask(Span<byte> portAndAddress, ReadOnlySpan<byte> transactionId)
    {
        Span<byte> mask = stackalloc byte[4 + StunMessage.TransactionIdLength];
        BinaryPrimitives.WriteUInt32BigEndian(mask, StunMessage.MagicCookie);
        transactionId.CopyTo(mask[4..]);
        portAndAddress[0] ^= mask[0];
        portAndAddress[1] ^= mask[1];
        var address = portAndAddress[2..];
        for (var index = 0; index < address.Length; index++)
        {
            address[index] ^= mask[index];
        }
    }

    private static bool IsIPv4Mapped(ReadOnlySpan<byte> address) =>
        address[..10].IndexOfAnyExcept((byte)0) < 0 && address[10] == 0xFF && address[11] == 0xFF;
}
