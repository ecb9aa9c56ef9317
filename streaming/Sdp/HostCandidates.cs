using System.Collections.Immutable;
using System.Net;

namespace Xunke.Streaming.Sdp;

/// <summary>The host candidates under which the edge is reached; every peer is given the same (RFC 8839 5.1).</summary>
/// <param name="Addresses">The most preferred first; not empty.</param>
/// <param name="UdpPort">The port of all media.</param>
internal sealed record HostCandidates(ImmutableArray<IPAddress> Addresses, int UdpPort)
{
    private const uint UdpTypePreference = 126;

    /// <summary>The candidate lines, and the line that ends them: no more will follow.</summary>
    public IEnumerable<string> Lines()
    {
        for (var i = 0; i < Addresses.Length; i++)
        {
            yield return $"a=candidate:{i + 1} 1 udp {Priority(UdpTypePreference, ushort.MaxValue - i)} {Addresses[i]} {UdpPort} typ host";
        }

        yield return "a=end-of-candidates";
    }

    // RFC 8445 5.1.2.1; the component is always 1, because RTCP shares the port.
    private static uint Priority(uint typePreference, int localPreference) => (typePreference << 24) | ((uint)localPreference << 8) | 255;
}
