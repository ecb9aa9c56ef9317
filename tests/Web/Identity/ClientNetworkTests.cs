using System.Net;
using Xunke.Web.Identity;

namespace Xunke.Tests.Web.Identity;

public sealed class ClientNetworkTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("fe80::1%3", "fe80::")]
    [InlineData("::1", "::1")]
    public void One_host_is_one_client(string address, string network) =>
        ClientNetwork.Of(IPAddress.Parse(address)).ShouldBe(network);
}
