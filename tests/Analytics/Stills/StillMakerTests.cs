using System.Collections.Immutable;
using OpenCvSharp;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Stills;
using Xunke.Analytics.Vision;
using Xunke.Tests.Analytics.Vision;

namespace Xunke.Tests.Analytics.Stills;

/// <summary>What is left of people on a still, found or not.</summary>
public sealed class StillMakerTests(ImportedModels models) : IClassFixture<ImportedModels>
{
    private const int Width = 1024, Height = 576;

    /// <summary>Grey levels by which JPEG may make pixels of one colour differ.</summary>
    private const double JpegNoise = 6;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("front60", 40)]
    [InlineData("rear20", 19)]
    public async Task Of_a_real_class_every_head_has_8_pixels_at_most_and_every_head_that_was_found_is_blocks(string clip, int seconds)
    {
        var truth = GroundTruth.Read(clip);
        var heads = new HeadPlaces();
        var observer = new RoomObserver();
        (int all, int hidden, double largest) = (0, 0, 0);
        foreach ((TimeSpan time, RgbFrame frame) in
            await DemoClips.ReadAsync(clip, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(seconds), Cancelled))
        {
            using (frame)
            {
                IReadOnlyList<Pose> poses = models.Estimator.Estimate(frame);
                heads.Learn(frame, poses);
                observer.Observe(frame.CapturedAt, TimeSpan.FromSeconds(1), frame.Width, frame.Height, poses);
                if (time.TotalSeconds % 5 > 0.5)
                {
                    continue;
                }

                using Mat still = Read(StillMaker.Make(frame, heads, observer.SeatHeads()));
                double scale = still.Width / (double)frame.Width;
                List<TruePerson> people = truth.At(time, frame.Width);
                Dictionary<TruePerson, Pose> found = Matching.Match(people, poses);
                foreach (TruePerson person in people)
                {
                    all++;
                    largest = Math.Max(largest, 2 * person.HeadRadius * scale);
                    if (found.TryGetValue(person, out Pose? pose) && FaceIsIn(person, pose))
                    {
                        hidden++;
                        FinestIn(still, person, scale).ShouldBeLessThan(
                            JpegNoise,
                            $"{time} {person.HeadX:f0},{person.HeadY:f0} +-{person.HeadRadius:f0}: {HeadBox.Of(pose)} of {pose.Box}");
                    }
                }
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{clip}: {hidden} of {all} heads found; the largest had {largest:f1} pixels");
        hidden.ShouldBeGreaterThan(all / 3);
        largest.ShouldBeLessThan(StillMaker.LargestHead * 1.1, "the longer side of a head, found or not");
    }

    [Fact]
    public void A_head_that_was_never_found_has_no_more_pixels_than_the_still()
    {
        using RgbFrame frame = Squares();

        Still still = Make(frame, new HeadPlaces(), []);

        using Mat picture = Read(still);
        (picture.Width, picture.Height).ShouldBe((96, 52), "whole blocks");
        still.At.ShouldBe(frame.CapturedAt);
        (85 * picture.Width / (double)Width).ShouldBe(StillMaker.LargestHead, 0.05, "of 8 % of the picture's width");
        still.Jpeg.Length.ShouldBeLessThan(20_000);
    }

    [Theory]
    [InlineData(30, 96)]
    [InlineData(80, 96)]
    [InlineData(128, 64)]
    [InlineData(300, 24)]
    public void The_larger_the_largest_head_of_the_last_minute_the_fewer_pixels_has_the_still(int headWidth, int along)
    {
        using RgbFrame frame = Squares();

        using Mat picture = Read(Make(frame, new HeadPlaces(), [Person(512, 300, headWidth)]));

        picture.Width.ShouldBeInRange(along - 4, along + 4);
        (headWidth * picture.Width / (double)Width).ShouldBeLessThanOrEqualTo(StillMaker.LargestHead + 0.01);
    }

    [Fact]
    public void A_head_that_was_found_is_blocks_well_beyond_it_and_elsewhere_the_picture_is_finer()
    {
        using RgbFrame frame = Squares();

        using Mat picture = Read(Make(frame, new HeadPlaces(), [Person(512, 300, 40)]));

        // Twice as wide and high as the head, around its middle.
        FinestIn(picture, new Rect(48 - 4, 27 - 4, 8, 8)).ShouldBeLessThan(JpegNoise);
        FinestIn(picture, new Rect(8, 8, 16, 16)).ShouldBeGreaterThan(3 * JpegNoise);
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(61, false)]
    public void A_head_that_is_not_found_any_more_is_hidden_for_a_minute(int seconds, bool isHidden)
    {
        var heads = new HeadPlaces();
        using (RgbFrame before = Squares())
        {
            heads.Learn(before, [Person(512, 300, 40)]);
        }

        using RgbFrame frame = Squares(TimeSpan.FromSeconds(seconds));
        using Mat picture = Read(Make(frame, heads, []));

        double finest = FinestIn(picture, new Rect(47, 26, 2, 2));
        (finest < JpegNoise).ShouldBe(isHidden, $"{finest}");
    }

    [Fact]
    public void The_place_of_a_head_over_a_seat_is_hidden_whoever_is_found()
    {
        using RgbFrame frame = Squares();
        var heads = new HeadPlaces();
        heads.Learn(frame, []);

        using Mat picture = Read(StillMaker.Make(frame, heads, [new Box(490, 270, 530, 310)]));

        FinestIn(picture, new Rect(47, 26, 2, 2)).ShouldBeLessThan(JpegNoise);
    }

    [Fact]
    public void People_at_the_edge_and_beyond_it_and_tiny_pictures_are_no_fault()
    {
        using RgbFrame frame = Squares();
        Pose[] people =
        [
            Person(-20, -20, 40), Person(Width + 60, Height + 60, 40), Person(0, Height, 40), Person(5000, -5000, 40), Person(0, 0, 4000),
        ];

        Should.NotThrow(() => Make(frame, new HeadPlaces(), people));

        using RgbFrame tiny = Frames.Make(3, 2, (_, _) => (1, 2, 3));
        using Mat still = Read(Make(tiny, new HeadPlaces(), people));
        (still.Width, still.Height).ShouldBe((4, 4), "one block");
    }

    [Fact]
    public void The_picture_itself_is_left_as_it_was()
    {
        using RgbFrame frame = Squares();
        byte[] before = frame.Pixels.ToArray();

        Make(frame, new HeadPlaces(), [Person(512, 300, 40)]);

        frame.Pixels.ToArray().ShouldBe(before);
    }

    private static Still Make(RgbFrame frame, HeadPlaces heads, IReadOnlyList<Pose> poses)
    {
        heads.Learn(frame, poses);
        return StillMaker.Make(frame, heads, []);
    }

    private static Mat Read(Still still) => Cv2.ImDecode(still.Jpeg.ToArray(), ImreadModes.Grayscale);

    /// <summary>A picture whose finest structure is that of a still of 128 pixels: squares of 8 pixels of any brightness.</summary>
    private static RgbFrame Squares(TimeSpan after = default)
    {
        var random = new Random(3);
        byte[] grey = new byte[128 * 72];
        random.NextBytes(grey);
        using RgbFrame made = Frames.Make(Width, Height, (x, y) =>
        {
            byte value = grey[(y / 8 * 128) + (x / 8)];
            return (value, value, value);
        });
        return new RgbFrame(Width, Height, new Copy(made.Pixels.ToArray()), DateTimeOffset.UnixEpoch + after);
    }

    /// <summary>Somebody who faces the camera, whose head is so large.</summary>
    private static Pose Person(float x, float y, float headWidth)
    {
        var joints = new Keypoint[17];
        joints[(int)Joint.Nose] = new Keypoint(x, y, 0.9f);
        joints[(int)Joint.LeftEar] = new Keypoint(x + headWidth / 3, y, 0.9f);
        joints[(int)Joint.RightEar] = new Keypoint(x - headWidth / 3, y, 0.9f);
        joints[(int)Joint.LeftShoulder] = new Keypoint(x + headWidth * 0.9f, y + headWidth, 0.9f);
        joints[(int)Joint.RightShoulder] = new Keypoint(x - headWidth * 0.9f, y + headWidth, 0.9f);
        return new Pose(new Box(x - headWidth, y - headWidth, x + headWidth, y + 3 * headWidth), 0.9f, ImmutableArray.Create(joints));
    }

    /// <summary>Whether what was found is this head, and not a neighbour's who is matched to it because nobody else is left.</summary>
    private static bool FaceIsIn(TruePerson person, Pose pose)
    {
        Box head = HeadBox.Of(pose);
        return float.Hypot((head.Left + head.Right) / 2 - person.HeadX, (head.Top + head.Bottom) / 2 - person.HeadY) < person.HeadRadius;
    }

    private static double FinestIn(Mat still, TruePerson person, double scale)
    {
        double half = person.HeadRadius * scale;
        (double x, double y) = (person.HeadX * scale, person.HeadY * scale);
        return FinestIn(still, Rect.FromLTRB((int)(x - half), (int)(y - half), (int)(x + half) + 1, (int)(y + half) + 1));
    }

    /// <summary>
    /// The largest spread of brightness, as a standard deviation, in any of the blocks that a part of the still touches: nothing but JPEG's
    /// noise where each block is of one colour.
    /// </summary>
    private static double FinestIn(Mat still, Rect part)
    {
        const int Block = StillMaker.BlockPixels;
        double finest = 0;
        part = part.Intersect(new Rect(0, 0, still.Width, still.Height));
        for (int top = part.Top / Block * Block; top < part.Bottom; top += Block)
        {
            for (int left = part.Left / Block * Block; left < part.Right; left += Block)
            {
                using Mat block = still.SubMat(new Rect(left, top, Block, Block));
                Cv2.MeanStdDev(block, out _, out OpenCvSharp.Scalar spread);
                finest = Math.Max(finest, spread.Val0);
            }
        }

        return finest;
    }

    private sealed class Copy(byte[] pixels) : System.Buffers.IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = pixels;

        public void Dispose()
        {
        }
    }
}
