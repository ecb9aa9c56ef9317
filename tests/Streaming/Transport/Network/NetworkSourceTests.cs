using System.Net;
using Xunke.Streaming.Transport.Network;

namespace Xunke.Tests.Streaming.Transport.Network;

public sealed class NetworkSourceTests
{
    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("0.0.0.1", "::1", false)]
    public void An_IPv6_host_is_its_network_and_an_IPv4_host_its_address(string one, string other, bool same) =>
        (NetworkSource.Of(IPAddress.Parse(one)) == NetworkSource.Of(IPAddress.Parse(other))).ShouldBe(same);
}
