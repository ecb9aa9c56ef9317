using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Xunke.Streaming.Transport.Ice;

namespace Xunke.Streaming.Client;

/// <summary>What a publisher offers: one H.264 video and perhaps one Opus audio, in one bundle (RFC 9725 section 4.2).</summary>
internal sealed class PublishOffer
{
    public const byte VideoPayloadType = 96;

    public const byte AudioPayloadType = 111;

    /// <summary>The name that ties both streams together for lip sync (RFC 7022).</summary>
    public string CanonicalName { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(12));

    public required IceCredentials Credentials { get; init; }

    /// <summary>As <see cref="Transport.Dtls.DtlsCertificate.Fingerprint"/>.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Six hexadecimal digits.</summary>
    public required string ProfileLevelId { get; init; }

    public required bool HasAudio { get; init; }

    public uint VideoSsrc { get; } = RandomSsrc();

    public uint AudioSsrc { get; } = RandomSsrc();

    /// <summary>Writes the SDP.</summary>
    public string Write()
    {
        var session = RandomNumberGenerator.GetInt32(int.MaxValue).ToString(CultureInfo.InvariantCulture);
        var sdp = new StringBuilder();
        sdp.Append(CultureInfo.InvariantCulture, $"v=0\r\no=- {session} 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n");
        sdp.Append(HasAudio ? "a=group:BUNDLE 0 1\r\n" : "a=group:BUNDLE 0\r\n");
        sdp.Append("a=msid-semantic: WMS *\r\n");
        WriteSection(sdp, "video", 0, VideoPayloadType, VideoSsrc);
        sdp.Append(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            a=rtpmap:{VideoPayloadType} H264/90000
            a=fmtp:{VideoPayloadType} level-asymmetry-allowed=1;packetization-mode=1;profile-level-id={ProfileLevelId}
            a=rtcp-fb:{VideoPayloadType} nack
            a=rtcp-fb:{VideoPayloadType} nack pli

            """).ReplaceLineEndings("\r\n"));
        if (HasAudio)
        {
            WriteSection(sdp, "audio", 1, AudioPayloadType, AudioSsrc);
            sdp.Append(
                CultureInfo.InvariantCulture,
                $"a=rtpmap:{AudioPayloadType} opus/48000/2\r\na=fmtp:{AudioPayloadType} minptime=10;useinbandfec=1\r\na=rtcp-fb:{AudioPayloadType} nack\r\n");
        }

        return sdp.ToString();
    }

    private void WriteSection(StringBuilder sdp, string kind, int mid, byte payloadType, uint ssrc) =>
        sdp.Append(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            m={kind} 9 UDP/TLS/RTP/SAVPF {payloadType}
            c=IN IP4 0.0.0.0
            a=mid:{mid}
            a=sendonly
            a=ice-ufrag:{Credentials.Ufrag}
            a=ice-pwd:{Credentials.Password}
            a=fingerprint:{Fingerprint}
            a=setup:actpass
            a=rtcp-mux
            a=rtcp-rsize
            a=msid:{CanonicalName} {kind}
            a=ssrc:{ssrc} cname:{CanonicalName}

            """).ReplaceLineEndings("\r\n"));

    private static uint RandomSsrc() => BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));
}
