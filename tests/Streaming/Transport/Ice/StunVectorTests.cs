using System.Net;
using System.Text;
using Xunke.Streaming.Transport.Ice;

namespace Xunke.Tests.Streaming.Transport.Ice;

/// <summary>The sample messages of RFC 5769 that use short-term credentials.</summary>
public class StunVectorTests
{
    internal const string SampleRequest =
        "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74002400046e0001ff"
        + "80290008932ff9b151263b36000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
        + "80280004e57a3bcf";

    private const string SampleIPv4Response =
        "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000080001a147e112a643"
        + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96";

    private const string SampleIPv6Response =
        "010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000140002a1470113a9fa"
        + "a5d3f179bc25f4b5bed2b9d900080014a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c";

    internal static byte[] Password { get; } = "VOkJxbRl1RmTxUk/WvJxBt"u8.ToArray();

    [Fact]
    public void The_sample_request_is_read_and_verified()
    {
        var datagram = Convert.FromHexString(SampleRequest);

        Stun.TryParseBindingRequest(datagram, out var request).ShouldBeTrue();

        Encoding.UTF8.GetString(request.Username).ShouldBe("evtj:h6vY");
        Encoding.UTF8.GetString(request.LocalUfrag).ShouldBe("evtj");
        Encoding.UTF8.GetString(request.RemoteUfrag).ShouldBe("h6vY");
        request.Priority.ShouldBe(0x6E0001FFu);
        request.Role.ShouldBe(IceRole.Controlled);
        request.TieBreaker.ShouldBe(0x932FF9B151263B36ul);
        request.UseCandidate.ShouldBeFalse();
        request.HasCredentials.ShouldBeTrue();
        request.UnknownAttribute.ShouldBe((ushort)0);
        Convert.ToHexStringLower(request.TransactionId).ShouldBe("b7e7a701bc34d686fa87dfae");
        Stun.VerifyIntegrity(request, Password).ShouldBeTrue();
    }

    [Theory]
    [InlineData(SampleIPv4Response, "192.0.2.1")]
    [InlineData(SampleIPv6Response, "2001:db8:1234:5678:11:2233:4455:6677")]
    public void The_sample_responses_are_read_and_verified(string sample, string address)
    {
        Stun.TryParseBindingResponse(Convert.FromHexString(sample), out var response).ShouldBeTrue();

        response.IsSuccess.ShouldBeTrue();
        response.VerifyIntegrity(Password).ShouldBeTrue();
        response.TryGetMappedAddress(out var mapped).ShouldBeTrue();
        mapped.ShouldBe(new IPEndPoint(IPAddress.Parse(address), 32853));
    }

    [Fact]
    public void The_wrong_password_does_not_verify()
    {
        Stun.TryParseBindingRequest(Convert.FromHexString(SampleRequest), out var request).ShouldBeTrue();

        Stun.VerifyIntegrity(request, "VOkJxbRl1RmTxUk/WvJxBu"u8).ShouldBeFalse();
    }

    [Fact]
    public void A_bit_changed_anywhere_is_noticed()
    {
        var sample = Convert.FromHexString(SampleRequest);
        for (var bit = 0; bit < sample.Length * 8; bit++)
        {
            var changed = (byte[])sample.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));

            Stun.TryParseBindingRequest(changed, out _).ShouldBeFalse($"bit {bit}");
        }
    }
}
