using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Vision;

/// <summary>Single pictures, in which a class may look as small as it likes.</summary>
public sealed class PictureEstimatorTests(ImportedModels models) : IClassFixture<ImportedModels>, IDisposable
{
    private readonly PictureEstimator _estimator = PictureEstimator.Load(models.Files);

    public void Dispose() => _estimator.Dispose();

    [Fact]
    public async Task A_class_that_looks_small_is_looked_at_in_a_larger_size_and_found()
    {
        using RgbFrame near = await FirstFrameAsync();
        int left = near.Width / 2, top = near.Height / 2;
        using RgbFrame far = Frames.Make(near.Width * 2, near.Height * 2, (x, y) =>
        {
            if (x < left || x >= left + near.Width || y < top || y >= top + near.Height)
            {
                return (128, 128, 128);
            }

            ReadOnlySpan<byte> pixel = near.Pixels[((((y - top) * near.Width) + x - left) * 3)..];
            return (pixel[0], pixel[1], pixel[2]);
        });
        List<TruePerson> people = [.. GroundTruth.Read("front60").At(TimeSpan.Zero, near.Width)
            .Select(person => person with { HeadX = person.HeadX + left, HeadY = person.HeadY + top })];

        IReadOnlyList<Pose> once = models.Estimator.Estimate(far), poses = _estimator.Estimate(far);

        int found = Matching.Match(people, poses).Count;
        TestContext.Current.TestOutputHelper?.WriteLine($"{found} of {people.Count}, {Matching.Match(people, once).Count} in the usual size");
        found.ShouldBeGreaterThanOrEqualTo(people.Count - 2);
        found.ShouldBeGreaterThan(Matching.Match(people, once).Count + 1);
        poses.Count.ShouldBeLessThanOrEqualTo(found + 1);
    }

    [Fact]
    public async Task A_class_that_looks_large_enough_is_looked_at_once()
    {
        using RgbFrame picture = await FirstFrameAsync();

        _estimator.Estimate(picture).Select(pose => pose.Box).ShouldBe(models.Estimator.Estimate(picture).Select(pose => pose.Box));
    }

    [Fact]
    public void A_picture_of_nobody_is_looked_at_once()
    {
        using RgbFrame grey = Frames.Make(640, 360, (_, _) => (128, 128, 128));

        _estimator.Estimate(grey).ShouldBeEmpty();
    }

    private static async Task<RgbFrame> FirstFrameAsync() =>
        (await DemoClips.ReadAsync("front60", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.5), TestContext.Current.CancellationToken)).ShouldHaveSingleItem().Frame;
}
