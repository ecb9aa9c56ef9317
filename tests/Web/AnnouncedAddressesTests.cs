using System.Net;
using Xunke.Web.Configuration;

namespace Xunke.Tests.Web;

public sealed class AnnouncedAddressesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Addresses_are_taken_in_their_order_and_once()
    {
        (await AnnouncedAddresses.ResolveAsync(" 203.0.113.7, 10.1.2.3 ,fd00::3,203.0.113.7", Cancellation))
            .ShouldBe([IPAddress.Parse("203.0.113.7"), IPAddress.Parse("10.1.2.3"), IPAddress.Parse("fd00::3")]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" , ")]
    public async Task Nothing_stands_for_this_hosts_own_addresses(string? text)
    {
        (await AnnouncedAddresses.ResolveAsync(text, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_stands_for_its_addresses()
    {
        (await AnnouncedAddresses.ResolveAsync("localhost", Cancellation)).ShouldAllBe(address => IPAddress.IsLoopback(address));
    }

    [Fact]
    public async Task What_is_neither_is_named_in_the_error()
    {
        (await Should.ThrowAsync<StartupException>(() => AnnouncedAddresses.ResolveAsync("no such name.invalid", Cancellation)))
            .Message.ShouldContain("no such name.invalid");
    }
}
