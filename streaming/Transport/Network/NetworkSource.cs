using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Xunke.Streaming.Transport.Network;

/// <summary>The unit that limits are counted by: an IPv4 address or an IPv6 /64, since one host may use a whole /64.</summary>
/// <param name="Family">The address family.</param>
/// <param name="Prefix">The address, or its upper half.</param>
internal readonly record struct NetworkSource(AddressFamily Family, ulong Prefix)
{
    /// <summary>The source of an address; an IPv4 peer of a dual-stack socket is one of IPv4.</summary>
    public static NetworkSource Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        address.TryWriteBytes(bytes, out _);
        return new NetworkSource(
            address.AddressFamily,
            address.AddressFamily == AddressFamily.InterNetwork
                ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
                : BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }
}
