using System.Text.RegularExpressions;
using Xunke.Streaming.Transport.Dtls;
using Xunke.Streaming.Transport.Srtp;

namespace Xunke.Tests.Streaming.Transport.Dtls;

public partial class DtlsTransportTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(DtlsCertificate.AllSrtpProfiles, SrtpProfile.AeadAes128Gcm)]
    [InlineData("SRTP_AEAD_AES_128_GCM", SrtpProfile.AeadAes128Gcm)]
    [InlineData("SRTP_AES128_CM_SHA1_80", SrtpProfile.Aes128CmHmacSha1_80)]
    public void Client_and_server_agree_on_keys_and_know_each_other(string clientProfiles, SrtpProfile expected)
    {
        using var pair = new DtlsPair(clientProfiles);

        pair.Handshake();

        pair.Client.State.ShouldBe(DtlsState.Connected);
        pair.Server.State.ShouldBe(DtlsState.Connected);
        pair.Client.RemoteFingerprint.ShouldBe(pair.ServerCertificate.Fingerprint);
        pair.Server.RemoteFingerprint.ShouldBe(pair.ClientCertificate.Fingerprint);
        var client = pair.Client.Keys.ShouldNotBeNull();
        var server = pair.Server.Keys.ShouldNotBeNull();
        client.Profile.ShouldBe(expected);
        server.Profile.ShouldBe(expected);
        client.LocalKey.ShouldBe(server.RemoteKey);
        client.LocalSalt.ShouldBe(server.RemoteSalt);
        client.RemoteKey.ShouldBe(server.LocalKey);
        client.RemoteSalt.ShouldBe(server.LocalSalt);
        client.LocalKey.ShouldNotBe(client.RemoteKey);
        client.LocalSalt.Length.ShouldBe(SrtpKeyingMaterial.SaltLength(expected));
    }

    [Fact]
    public void The_keys_carry_packets_between_the_two()
    {
        using var pair = new DtlsPair();
        pair.Handshake();
        using var sender = SrtpSender.FromLocalKeys(pair.Client.Keys!);
        using var receiver = SrtpReceiver.FromRemoteKeys(pair.Server.Keys!);
        var packet = new byte[100];
        packet[0] = 0x80;

        var sent = sender.ProtectRtp(packet, packet.Length - sender.RtpOverhead);

        receiver.UnprotectRtp(packet.AsSpan(0, sent.Length)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public void No_datagram_is_longer_than_1200_bytes_and_each_holds_whole_records()
    {
        using var pair = new DtlsPair();
        var datagrams = new List<byte[]>();
        pair.OnDatagram = (_, datagram) =>
        {
            datagrams.Add(datagram);
            return true;
        };

        pair.Handshake();

        datagrams.Count.ShouldBeGreaterThanOrEqualTo(4);
        foreach (var datagram in datagrams)
        {
            datagram.Length.ShouldBeLessThanOrEqualTo(DtlsTransport.MaximumDatagramLength);
            DtlsTransport.IsDtls(datagram).ShouldBeTrue();
            var end = 0;
            while (end < datagram.Length)
            {
                end += 13 + (datagram[end + 11] << 8) + datagram[end + 12];
            }

            end.ShouldBe(datagram.Length);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_lost_datagram_is_sent_again(int lost)
    {
        using var pair = new DtlsPair();
        var number = 0;
        pair.OnDatagram = (_, _) => number++ != lost;
        pair.Client.Start();
        pair.Server.Start();

        await pair.PumpUntilConnectedAsync(Patience);

        number.ShouldBeGreaterThan(lost);
        pair.Client.Keys!.LocalKey.ShouldBe(pair.Server.Keys!.RemoteKey);
    }

    [Fact]
    public async Task A_third_of_all_datagrams_may_be_lost()
    {
        var random = new Random(6347);
        using var pair = new DtlsPair { OnDatagram = (_, _) => random.Next(3) != 0 };
        pair.Client.Start();
        pair.Server.Start();

        await pair.PumpUntilConnectedAsync(Patience);

        pair.Client.RemoteFingerprint.ShouldBe(pair.ServerCertificate.Fingerprint);
    }

    [Fact]
    public void Garbage_before_during_and_after_the_handshake_is_survived()
    {
        var random = new Random(7983);
        using var pair = new DtlsPair();
        pair.OnDatagram = (toServer, _) =>
        {
            var receiver = toServer ? pair.Server : pair.Client;
            var garbage = new byte[random.Next(1, 200)];
            random.NextBytes(garbage);
            receiver.Receive(garbage);
            garbage[0] = 23;
            receiver.Receive(garbage);
            return true;
        };
        pair.Server.Start();
        pair.Server.Receive([22, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        pair.Server.State.ShouldBe(DtlsState.Handshaking);

        pair.Handshake();
        pair.Server.Receive([21, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 9, 0, 2, 2, 40]);
        pair.Server.Receive([23, 0xFE, 0xFD, 0, 1, 0, 0, 0, 0, 0, 9, 0, 5, 1, 2, 3, 4, 5]);

        pair.Server.State.ShouldBe(DtlsState.Connected);
        pair.Client.State.ShouldBe(DtlsState.Connected);
    }

    [Fact]
    public void Closing_is_seen_by_the_other_side()
    {
        using var pair = new DtlsPair();
        pair.Handshake();

        pair.Client.Close();
        pair.Pump();

        pair.Client.State.ShouldBe(DtlsState.Closed);
        pair.Server.State.ShouldBe(DtlsState.Closed);
    }

    [Fact]
    public void Without_a_common_SRTP_profile_the_handshake_fails()
    {
        using var pair = new DtlsPair("SRTP_AES128_CM_SHA1_32");

        pair.Client.Start();
        pair.Server.Start();
        pair.Pump();

        pair.Server.State.ShouldBe(DtlsState.Failed);
        pair.Server.FailureReason.ShouldNotBeNull();
        pair.Server.Keys.ShouldBeNull();
    }

    [Fact]
    public void A_fingerprint_has_the_form_of_RFC_8122()
    {
        using var first = DtlsCertificate.Create(TimeProvider.System);
        using var second = DtlsCertificate.Create(TimeProvider.System);

        FingerprintForm().IsMatch(first.Fingerprint).ShouldBeTrue();
        first.Fingerprint.ShouldNotBe(second.Fingerprint);
    }

    [Fact]
    public void Calls_after_disposal_do_nothing()
    {
        using var certificate = DtlsCertificate.Create(TimeProvider.System);
        var transport = new DtlsTransport(certificate, DtlsRole.Client, static _ => { });
        transport.Start();
        transport.Dispose();

        transport.Receive(new byte[100]);
        transport.HandleTimeout();
        transport.Close();

        transport.State.ShouldBe(DtlsState.Closed);
        transport.NextTimeout.ShouldBeNull();
    }

    [GeneratedRegex("^sha-256 [0-9A-F]{2}(:[0-9A-F]{2}){31}$")]
    private static partial Regex FingerprintForm();
}
