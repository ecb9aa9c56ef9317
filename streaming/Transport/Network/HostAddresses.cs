using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Xunke.Streaming.Transport.Network;

/// <summary>Finds the addresses under which this host can be reached.</summary>
internal static class HostAddresses
{
    // Each candidate costs the peer a check; a host with more addresses than this should name the right ones.
    private const int MaxAddresses = 12;

    /// <summary>The unicast addresses of the interfaces that are up, loopback last; IPv6 link-local ones are left out.</summary>
    /// <param name="withIPv6">Whether the socket takes IPv6.</param>
    public static ImmutableArray<IPAddress> All(bool withIPv6)
    {
        var found = NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork
                || (withIPv6 && address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv6LinkLocal))
            .Distinct()
            .OrderBy(IPAddress.IsLoopback)
            .ThenBy(address => address.AddressFamily == AddressFamily.InterNetworkV6)
            .Take(MaxAddresses)
            .ToImmutableArray();
        return found.IsEmpty ? [IPAddress.Loopback] : found;
    }
}
