using System.Collections.Immutable;
using System.Net;

namespace Xunke.Streaming.Transport.Network;

/// <summary>The host candidates under which the edge is reached; every peer is given the same (RFC 8839 5.1).</summary>
/// <param name="Addresses">The most preferred first; not empty.</param>
/// <param name="UdpPort">The port of all media.</param>
/// <param name="TcpPort">The port for peers whose network lets no UDP through (RFC 6544); null when there is none.</param>
internal sealed record HostCandidates(ImmutableArray<IPAddress> Addresses, int UdpPort, int? TcpPort = null)
{
    private const uint UdpTypePreference = 126;

    // Below any way by UDP (RFC 6544 4.2): lost packets hold up all that follow them on a TCP connection.
    private const uint TcpTypePreference = 90;
    private const int PassivePreference = 4 << 13;

    // A browser opens a connection to each from each of its own addresses.
    private const int MaxTcpCandidates = 4;

    /// <summary>The candidate lines, and the line that ends them: no more will follow.</summary>
    public IEnumerable<string> Lines()
    {
        for (var i = 0; i < Addresses.Length; i++)
        {
            yield return $"a=candidate:{i + 1} 1 udp {Priority(UdpTypePreference, ushort.MaxValue - i)} {Addresses[i]} {UdpPort} typ host";
        }

        for (var i = 0; TcpPort is not null && i < Math.Min(Addresses.Length, MaxTcpCandidates); i++)
        {
            var priority = Priority(TcpTypePreference, PassivePreference + MaxTcpCandidates - i);
            yield return $"a=candidate:{Addresses.Length + i + 1} 1 tcp {priority} {Addresses[i]} {TcpPort} typ host tcptype passive";
        }

        yield return "a=end-of-candidates";
    }

    // RFC 8445 5.1.2.1; the component is always 1, because RTCP shares the port.
    private static uint Priority(uint typePreference, int localPreference) => (typePreference << 24) | ((uint)localPreference << 8) | 255;
}
