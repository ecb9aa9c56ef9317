using Shouldly;
using Xunit;
using Xunke.Streaming;
using Xunke.Streaming.Codecs;

namespace Xunke.Tests.Streaming.Codecs;

public sealed class KeyFrameTests
{
    [Theory]
    [InlineData("67", true, "a sequence parameter set")]
    [InlineData("6588", true, "an IDR slice")]
    [InlineData("4188", false, "a non-IDR slice")]
    [InlineData("7800026742000268CE", true, "an aggregate that starts with a sequence parameter set")]
    [InlineData("780002410000026588", true, "an aggregate with an IDR slice inside")]
    [InlineData("7800024100", false, "an aggregate without one")]
    [InlineData("7CFF", false, "a fragment of another type")]
    [InlineData("7C8588", true, "the first fragment of an IDR slice")]
    [InlineData("7C0588", false, "a later fragment of an IDR slice")]
    [InlineData("7C8188", false, "the first fragment of another slice")]
    [InlineData("", false, "nothing")]
    public void H264_key_frames_start_at_parameter_sets_or_IDR_slices(string hex, bool expected, string what) =>
        KeyFrame.StartsIn(VideoCodec.H264, Convert.FromHexString(hex)).ShouldBe(expected, what);

    [Theory]
    [InlineData("1000", true, "a key frame without extension")]
    [InlineData("1001", false, "an inter frame")]
    [InlineData("0000", false, "a continuation")]
    [InlineData("1100", false, "another partition")]
    [InlineData("90801181", false, "an inter frame behind a short picture identifier")]
    [InlineData("908081", false, "a picture identifier cut short")]
    [InlineData("90E08011002000", true, "all optional fields")]
    [InlineData("9080810000", true, "a 15-bit picture identifier")]
    [InlineData("90", false, "a descriptor cut short")]
    public void VP8_key_frames_start_with_a_clear_frame_type_bit(string hex, bool expected, string what) =>
        KeyFrame.StartsIn(VideoCodec.Vp8, Convert.FromHexString(hex)).ShouldBe(expected, what);
}
