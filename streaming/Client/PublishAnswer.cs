using Xunke.Streaming.Sdp;
using Xunke.Streaming.Transport.Dtls;
using Xunke.Streaming.Transport.Ice;

namespace Xunke.Streaming.Client;

/// <summary>What a publisher needs of the server's answer.</summary>
internal sealed record PublishAnswer
{
    public required IceCredentials Credentials { get; init; }

    public required IReadOnlyList<IceCandidate> Candidates { get; init; }

    /// <summary>As <see cref="DtlsCertificate.Fingerprint"/>.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The publisher's own role, the opposite of what the server chose.</summary>
    public required DtlsRole Role { get; init; }

    public required byte VideoPayloadType { get; init; }

    /// <summary>Null when the server took no audio.</summary>
    public required byte? AudioPayloadType { get; init; }

    /// <summary>Reads the answer.</summary>
    /// <exception cref="PublishException">The server refused the video, or the answer is not one.</exception>
    public static PublishAnswer Parse(string sdp)
    {
        try
        {
            var session = SessionDescription.Parse(sdp);
            var video = Accepted(session, "video", "H264") ?? throw Unusable("it takes no H.264 video");
            var audio = Accepted(session, "audio", "opus");
            var section = video.Section;
            return new PublishAnswer
            {
                Credentials = new IceCredentials(
                    section.UserFragment ?? session.UserFragment ?? throw Unusable("it has no ice-ufrag"),
                    section.Password ?? session.Password ?? throw Unusable("it has no ice-pwd")),
                Candidates = IceCandidate.ReadAll(sdp),
                Fingerprint = section.Fingerprint ?? session.Fingerprint ?? throw Unusable("it has no fingerprint"),
                Role = (section.Setup ?? session.Setup) == "active" ? DtlsRole.Server : DtlsRole.Client,
                VideoPayloadType = (byte)video.Codec.PayloadType,
                AudioPayloadType = (byte?)audio?.Codec.PayloadType,
            };
        }
        catch (SdpException malformed)
        {
            throw Unusable(malformed.Message);
        }
    }

    private static (MediaSection Section, RtpCodec Codec)? Accepted(SessionDescription session, string kind, string codec)
    {
        foreach (var section in session.Media)
        {
            if (section.Kind == kind && section.IsActive
                && section.Codecs.FirstOrDefault(offered => offered.Name.Equals(codec, StringComparison.OrdinalIgnoreCase)) is { } accepted)
            {
                return (section, accepted);
            }
        }

        return null;
    }

    private static PublishException Unusable(string reason) =>
        new(PublishFault.OfferRefused, $"The server's SDP answer cannot be used: {reason}.");
}
