using Shouldly;
using Xunit;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Vision;

/// <summary>How pictures of any shape lie in the model's input.</summary>
public sealed class LetterboxTests
{
    private static readonly PoseEstimatorOptions Options = new();

    [Theory]
    [InlineData(1280, 720, 832, 468, 832, 480)]
    [InlineData(832, 468, 832, 468, 832, 480)]
    [InlineData(640, 480, 640, 480, 640, 480)]
    [InlineData(720, 1280, 468, 832, 480, 832)]
    [InlineData(1920, 1920, 480, 480, 480, 480)]
    [InlineData(100, 60, 400, 240, 416, 256)]
    [InlineData(1, 1, 4, 4, 32, 32)]
    [InlineData(5000, 2, 832, 1, 832, 32)]
    public void A_picture_is_fitted_and_the_input_is_no_larger_than_it_needs(int width, int height, int pictureWidth, int pictureHeight, int inputWidth, int inputHeight)
    {
        var letterbox = Letterbox.Fit(width, height, Options, Fineness.Coarse);

        (letterbox.PictureWidth, letterbox.PictureHeight).ShouldBe((pictureWidth, pictureHeight));
        (letterbox.InputWidth, letterbox.InputHeight).ShouldBe((inputWidth, inputHeight));
    }

    [Fact]
    public void A_fine_look_takes_a_larger_input()
    {
        var letterbox = Letterbox.Fit(1280, 720, Options);

        (letterbox.InputWidth, letterbox.InputHeight).ShouldBe((1024, 576));
        letterbox.Scale.ShouldBe(0.8f);
    }
}
