using Xunke.Streaming.Rtp;
using Xunke.Streaming.Rtsp;

namespace Xunke.Tests.Streaming.Rtsp;

/// <summary>Session descriptions as cameras of several makers write them.</summary>
public sealed class CameraOfferTests
{
    private const string Head = "v=0\r\no=- 1 1 IN IP4 192.168.1.64\r\ns=Media Presentation\r\na=control:rtsp://192.168.1.64:554/live/\r\n";
    private const string H264 =
        "m=video 0 RTP/AVP 96\r\na=control:trackID=1\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1\r\n";
    private const string H265 = "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H265/90000\r\n";
    private const string Alaw = "m=audio 0 RTP/AVP 8\r\na=control:trackID=2\r\n";
    private const string Backchannel = "m=audio 0 RTP/AVP 0\r\na=control:trackID=4\r\na=sendonly\r\n";
    private const string Metadata = "m=application 0 RTP/AVP 107\r\na=control:trackID=3\r\na=rtpmap:107 vnd.onvif.metadata/90000\r\n";

    [Fact]
    public void One_video_and_one_audio_stream_are_kept_and_all_else_is_left_out()
    {
        var offer = CameraOffer.From(Head + Backchannel + H264
            + H264.Replace("trackID=1", "trackID=9", StringComparison.Ordinal) + Alaw + Metadata, withAudio: true);

        offer.ShouldBe(new CameraOffer(Head + H264 + Alaw, HasAudio: true));
    }

    [Theory]
    [InlineData(Head + H264 + Alaw, false)]
    [InlineData(Head + H264 + "m=audio 0 RTP/AVP 97\r\na=rtpmap:97 X-SECRET/8000\r\n", true)]
    [InlineData(Head + H264 + "m=audio 0 RTP/AVP 104\r\na=rtpmap:104 MPEG4-GENERIC/16000\r\na=fmtp:97 mode=AAC-hbr;config=1408\r\n", true)]
    [InlineData(Head + H264 + Backchannel, true)]
    public void Audio_that_is_not_wanted_or_cannot_be_decoded_is_left_out(string sdp, bool wanted) =>
        CameraOffer.From(sdp, wanted).ShouldBe(new CameraOffer(Head + H264, HasAudio: false));

    [Fact]
    public void A_payload_type_that_is_no_number_names_no_codec() =>
        Should.Throw<CameraException>(
            () => CameraOffer.From("v=0\r\nm=video 0 RTP/AVP h264\r\na=rtpmap:0 H264/90000\r\n", withAudio: false))
            .Fault.ShouldBe(CameraFaults.UnsupportedCodec);

    [Fact]
    public void H264_beside_another_codec_is_chosen() => CameraOffer.From(Head + H265 + H264, withAudio: true).Sdp.ShouldBe(Head + H264);

    [Theory]
    [InlineData(Head + H265, CameraFaults.UnsupportedCodec, "H265")]
    [InlineData(Head + "m=video 0 RTP/AVP 26\r\n", CameraFaults.UnsupportedCodec, "JPEG")]
    [InlineData(Head + "m=video 0 RTP/AVP 99\r\n", CameraFaults.UnsupportedCodec, "payload type 99")]
    [InlineData(Head + "m=video\r\n", CameraFaults.UnsupportedCodec, "")]
    [InlineData(Head + Alaw, CameraFaults.NoVideo, null)]
    [InlineData("", CameraFaults.NoVideo, null)]
    [InlineData("m=\r\nm= \r\n", CameraFaults.NoVideo, null)]
    public void A_description_without_h264_says_what_it_has_instead(string sdp, string fault, string? detail)
    {
        var refusal = Should.Throw<CameraException>(() => CameraOffer.From(sdp, withAudio: true));

        (refusal.Fault, refusal.Detail).ShouldBe((fault, detail));
    }

    [Theory]
    [InlineData(new[] { 0, 1, 2, 3, 4, 5, 6, 7 }, false)]
    [InlineData(new[] { 0, 3, 1, 2, 6, 4, 5, 9, 7, 8 }, true)]
    [InlineData(new[] { 0, 2, 1, 4, 3, 6, 5, 8, 7 }, true)]
    public void Pictures_out_of_order_are_told_from_pictures_in_order(int[] times, bool reordered)
    {
        var order = new PictureOrder();

        times.Any(time => Proves(order, (uint)time * 3600)).ShouldBe(reordered);
    }

    [Fact]
    public void A_camera_that_sets_its_clock_is_not_taken_for_one_with_B_frames()
    {
        var order = new PictureOrder();
        var time = 4_000_000_000u;
        for (var picture = 0; picture < 1000; picture++)
        {
            time += picture % 200 == 0 ? unchecked((uint)-90_000) : 3600;
            Proves(order, time).ShouldBeFalse();
        }
    }

    [Fact]
    public void Waits_grow_to_a_bound_spread_and_start_anew_after_a_sound_time()
    {
        var options = new CameraOptions();
        var backoff = new CameraBackoff(options, () => 1);
        var young = TimeSpan.FromSeconds(1);

        Enumerable.Range(0, 7).Select(_ => backoff.After(CameraFaults.Lost, young).TotalSeconds).ShouldBe([1, 2, 4, 8, 16, 30, 30]);
        backoff.After(CameraFaults.Lost, options.Sound).TotalSeconds.ShouldBe(1);
        backoff.After(CameraFaults.Unauthorized, TimeSpan.Zero).ShouldBe(options.SettledRetry);
        new CameraBackoff(options, () => 0).After(CameraFaults.Lost, young).TotalSeconds.ShouldBe(0.5);
    }

    private static bool Proves(PictureOrder order, uint timestamp)
    {
        var packet = new byte[RtpHeader.FixedLength];
        RtpHeader.Write(packet, marker: true, 96, 1, timestamp, 1);
        RtpHeader.TryParse(packet, out var header).ShouldBeTrue();
        return order.Proves(header);
    }
}
