using System.Net;
using System.Net.Sockets;

namespace Xunke.Web.Identity;

/// <summary>Who counts as one client: an IPv4 address, or the /64 of an IPv6 address, all of which one host can use.</summary>
internal static class ClientNetwork
{
    private const int PrefixBytes = 8;

    /// <summary>The network of an address, as a key.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return string.Empty;
        }

        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (plain.AddressFamily is not AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(plain))
        {
            return plain.ToString();
        }

        Span<byte> bytes = stackalloc byte[16];
        plain.TryWriteBytes(bytes, out _);
        bytes[PrefixBytes..].Clear();
        return new IPAddress(bytes).ToString();
    }

    /// <summary>Whether the address is of this host.</summary>
    public static bool IsLoopback(IPAddress? address) =>
        address is not null && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}
