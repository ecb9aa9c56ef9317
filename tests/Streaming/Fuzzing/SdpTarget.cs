using System.Net;
using System.Text;
using Xunke.Streaming.Client;
using Xunke.Streaming.Sdp;
using Xunke.Streaming.Transport;
using Xunke.Streaming.Transport.Dtls;
using Xunke.Streaming.Transport.Network;

namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>Session descriptions: an offer is parsed, negotiated for either side and answered; an answer and a fragment are read.</summary>
internal sealed class SdpTarget : FuzzTarget
{
    private static readonly TransportParameters Local =
        new("abcdefgh", "abcdefghijklmnopqrstuvwx", "sha-256 " + string.Join(':', Enumerable.Repeat("AB", 32)), DtlsRole.Server);

    private readonly RtpCodec _h264 = Published(96, "H264", 90_000, "profile-level-id=42e01f;packetization-mode=1");
    private readonly RtpCodec _vp8 = Published(97, "VP8", 90_000, string.Empty);
    private readonly RtpCodec _opus = Published(111, "opus", 48_000, "useinbandfec=1");

    public override string Name => "sdp";

    public override IReadOnlyList<byte[]> Corpus { get; } = [.. SdpCorpus.Offers];

    public override int MaximumLength => 20_000;

    // A description of 64 KiB is the largest looked at. The records and strings made of it stay under this.
    public override long AllocationBound => 4 * 1024 * 1024;

    public override void Run(Span<byte> input, ref FuzzRandom random)
    {
        var text = Encoding.Latin1.GetString(input);
        IceCandidate.ReadAll(text);
        try
        {
            IceFragment.Parse(text);
        }
        catch (SdpException)
        {
            // The documented refusal.
        }

        try
        {
            PublishAnswer.Parse(text);
        }
        catch (PublishException)
        {
            // The documented refusal.
        }

        try
        {
            var offer = SessionDescription.Parse(text);
            Answer(offer, Negotiation.ForPublisher(offer));
            Answer(offer, Negotiation.ForViewer(offer, random.OneIn(2) ? _h264 : _vp8, _opus));
        }
        catch (Exception refusal) when (refusal is SdpException or UnsupportedMediaException)
        {
            Expect.True(refusal.Message.Length < 2000, "a refusal repeats the offer");
        }
    }

    private static void Answer(SessionDescription offer, System.Collections.Immutable.ImmutableArray<AcceptedMedia> accepted)
    {
        Negotiation.Transport(offer, accepted);
        var answer = new AnswerWriter
        {
            Offer = offer,
            Accepted = accepted,
            Local = Local,
            Candidates = new HostCandidates([IPAddress.Loopback], 8189),
            Ssrc = static kind => (uint)kind + 1,
        }.Write();
        try
        {
            var read = SessionDescription.Parse(answer);
            Expect.True(read.Media.Length == offer.Media.Length, "the answer has another number of sections than the offer");
        }
        catch (SdpException unreadable)
        {
            throw new InvalidOperationException($"The answer cannot be read: {unreadable.Message}", unreadable);
        }
    }

    private static RtpCodec Published(int type, string name, int clockRate, string parameters) =>
        new(type, name, clockRate, 1, parameters, ["nack", "nack pli"]);
}
