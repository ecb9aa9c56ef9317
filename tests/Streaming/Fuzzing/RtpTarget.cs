using Xunke.Streaming;
using Xunke.Streaming.Codecs;
using Xunke.Streaming.Rtp;
using Xunke.Streaming.Transport.Srtp;

namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>RTP headers, their extensions, and the look at the payload that tells a key frame.</summary>
internal sealed class RtpTarget : FuzzTarget
{
    public override string Name => "rtp";

    public override IReadOnlyList<byte[]> Corpus { get; } = MediaCorpus.Rtp;

    private KeyFrameWatch _watch = new(VideoCodec.H264, null);

    public override void Begin() => _watch = new KeyFrameWatch(VideoCodec.H264, "Z0LADIyNQKD5APCIRqA=,aM48gA==");

    public override void Run(Span<byte> input, ref FuzzRandom random)
    {
        var hasLayout = RtpHeaderLayout.TryGetLength(input, out var layout);
        if (!RtpHeader.TryParse(input, out var header))
        {
            return;
        }

        // SRTP encrypts what its own reading of the header leaves over: both must mean the same bytes.
        Expect.True(hasLayout && layout == header.Length, "SRTP and RTP disagree about the header's length");
        Expect.True(header.Length + header.PayloadLength + header.PaddingLength == input.Length, "the packet's parts do not add up");
        for (var id = 1; id <= 16; id++)
        {
            HeaderExtension.TryFind(input, header, id, out _);
        }

        var payload = input.Slice(header.Length, header.PayloadLength);
        KeyFrame.StartsIn(VideoCodec.H264, payload);
        KeyFrame.StartsIn(VideoCodec.Vp8, payload);
        _watch.StartsIn(payload, header.Timestamp, inOrder: true, out var missing);
        Expect.True(missing.Length <= 1000, "parameter sets longer than a packet");
        if (RepairFormat.TryUnwrap(input, header, MediaCorpus.VideoType, MediaCorpus.VideoSource, out var original))
        {
            Expect.True(
                RtpHeader.TryParse(original, out var unwrapped)
                    && unwrapped.PayloadLength == header.PayloadLength - RepairFormat.HeaderLength,
                "a retransmission does not hold the packet that it says");
        }

        Vp8PictureNumbers? shift = new Vp8PictureNumbers(random.Below(1 << 15), random.Below(1 << 8)), last = null;
        var isNumbered = Vp8PictureNumbers.TryRead(payload, out _);
        Vp8PictureNumbers.Continue(payload, ref shift, ref last, isNewest: true);
        Expect.True(isNumbered == Vp8PictureNumbers.TryRead(payload, out _), "a picture lost its numbers, or got some");
    }
}
