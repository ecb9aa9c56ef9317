using Xunke.Streaming.Transport.Srtp;

namespace Xunke.Tests.Streaming.Transport.Srtp;

/// <summary>The test vectors of RFC 3711 appendix B and RFC 7714 sections 16 and 17.</summary>
public class SrtpVectorTests
{
    private const string Rtp =
        "8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573";

    private const string GcmRtp =
        "8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
        + "899d7f27beb16a9152cf765ee4390cce";

    private const string Rtcp =
        "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";

    private const string GcmRtcp =
        "81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275bc84aa45896cf4d2f"
        + "c5abf87245d9eade800005d4";

    private const string GcmRtcpTaggedOnly =
        "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef"
        + "841dd9683dd78ec92ae58790125f62b3000005d4";

    [Fact]
    public void Session_keys_are_derived_as_in_RFC_3711_B_3()
    {
        var keys = SrtpSessionKeys.DeriveRtp(
            SrtpProfile.Aes128CmHmacSha1_80,
            Convert.FromHexString("E1F97A0D3E018BE0D64FA32C06DE4139"),
            Convert.FromHexString("0EC675AD498AFEEBB6960B3AABE6"));

        Convert.ToHexString(keys.Encryption).ShouldBe("C61E7A93744F39EE10734AFE3FF7A087");
        Convert.ToHexString(keys.Salt).ShouldBe("30CBBC08863D8C85D49DB34A9AE1");
        Convert.ToHexString(keys.Authentication).ShouldBe("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4");
    }

    [Fact]
    public void The_key_stream_is_that_of_RFC_3711_B_2()
    {
        using var keyStream = new AesCounterKeyStream(
            Convert.FromHexString("2B7E151628AED2A6ABF7158809CF4F3C"), Convert.FromHexString("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"));
        var data = new byte[0xFF02 * 16];

        keyStream.Apply(data, ssrc: 0, index: 0);

        Block(0x0000).ShouldBe("E03EAD0935C95E80E166B16DD92B4EB4");
        Block(0x0001).ShouldBe("D23513162B02D0F72A43A2FE4A5F97AB");
        Block(0x0002).ShouldBe("41E95B3BB0A2E8DD477901E4FCA894C0");
        Block(0xFEFF).ShouldBe("EC8CDF7398607CB0F2D21675EA9EA1E4");
        Block(0xFF00).ShouldBe("362B7C3C6773516318A077D7FC5073AE");
        Block(0xFF01).ShouldBe("6A2CC3787889374FBEB4C81B17BA6C44");

        string Block(int number) => Convert.ToHexString(data.AsSpan(number * 16, 16));
    }

    [Fact]
    public void An_RTP_packet_is_protected_as_in_RFC_7714_16_1()
    {
        using var sender = new SrtpSender(VectorCipher());
        var buffer = Room(Rtp, sender.RtpOverhead, out var length);

        var result = sender.ProtectRtp(buffer, length);

        result.Succeeded.ShouldBeTrue();
        Convert.ToHexStringLower(buffer.AsSpan(0, result.Length)).ShouldBe(GcmRtp);
    }

    [Fact]
    public void An_RTP_packet_is_unprotected_as_in_RFC_7714_16_1()
    {
        using var receiver = new SrtpReceiver(VectorCipher());
        var packet = Convert.FromHexString(GcmRtp);

        var result = receiver.UnprotectRtp(packet);

        result.Error.ShouldBe(SrtpError.None);
        Convert.ToHexStringLower(packet.AsSpan(0, result.Length)).ShouldBe(Rtp);
    }

    [Fact]
    public void An_RTCP_packet_is_protected_as_in_RFC_7714_17_1()
    {
        const int vectorIndex = 0x5D4;
        using var sender = new SrtpSender(VectorCipher());
        var buffer = Room(Rtcp, sender.RtcpOverhead, out var length);
        var scratch = new byte[buffer.Length];
        for (var index = 1; index < vectorIndex; index++)
        {
            buffer.CopyTo(scratch, 0);
            sender.ProtectRtcp(scratch, length).Succeeded.ShouldBeTrue();
        }

        var result = sender.ProtectRtcp(buffer, length);

        Convert.ToHexStringLower(buffer.AsSpan(0, result.Length)).ShouldBe(GcmRtcp);
    }

    [Theory]
    [InlineData(GcmRtcp)]
    [InlineData(GcmRtcpTaggedOnly)]
    public void RTCP_packets_are_unprotected_as_in_RFC_7714_17(string vector)
    {
        using var receiver = new SrtpReceiver(VectorCipher());
        var packet = Convert.FromHexString(vector);

        var result = receiver.UnprotectRtcp(packet);

        result.Error.ShouldBe(SrtpError.None);
        Convert.ToHexStringLower(packet.AsSpan(0, result.Length)).ShouldBe(Rtcp);
    }

    /// <summary>The vectors of RFC 7714 give session keys, not master keys.</summary>
    private static SrtpCipher VectorCipher()
    {
        var keys = new SrtpSessionKeys(
            Convert.FromHexString("000102030405060708090a0b0c0d0e0f"), [], Convert.FromHexString("517569642070726f2071756f"));
        return SrtpCipher.Create(SrtpProfile.AeadAes128Gcm, keys, keys);
    }

    private static byte[] Room(string packet, int overhead, out int length)
    {
        var bytes = Convert.FromHexString(packet);
        length = bytes.Length;
        return [.. bytes, .. new byte[overhead]];
    }
}
