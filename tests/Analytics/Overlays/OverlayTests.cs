using System.Buffers;
using System.Collections.Immutable;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Overlays;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Overlays;

/// <summary>What may be kept of a picture shows no face, found or not.</summary>
public sealed class OverlayTests
{
    private const int Width = 320, Height = 180;

    [Fact]
    public void No_detail_of_the_picture_survives_even_where_nobody_was_found()
    {
        using RgbFrame picture = Noise();

        byte[] drawn = Overlay.Draw(picture, []);

        Sharpness(drawn, 0, 0, Width, Height).ShouldBeLessThan(0.15 * Sharpness(picture.Pixels.ToArray(), 0, 0, Width, Height));
    }

    [Fact]
    public void A_head_that_was_found_is_left_with_a_few_squares()
    {
        using RgbFrame picture = Noise();
        ObservedPerson person = Person(160, 60);

        byte[] drawn = Overlay.Draw(picture, [person]);

        // The head of this person, about 40 pixels wide, may hold no more colours than three by four squares.
        var colours = new HashSet<(byte, byte, byte)>();
        for (int y = 52; y < 68; y++)
        {
            for (int x = 150; x < 170; x++)
            {
                int at = (y * Width + x) * 3;
                colours.Add((drawn[at], drawn[at + 1], drawn[at + 2]));
            }
        }

        colours.Count.ShouldBeLessThanOrEqualTo(6);
    }

    [Fact]
    public void A_raised_hand_is_drawn_in_its_own_colour_and_the_picture_is_left_as_it_was()
    {
        using RgbFrame picture = Noise();
        byte[] before = picture.Pixels.ToArray();

        byte[] drawn = Overlay.Draw(picture, [Person(160, 60) with { Behaviour = Behaviour.HandRaised }]);

        picture.Pixels.ToArray().ShouldBe(before);
        int orange = 0;
        for (int at = 0; at < drawn.Length; at += 3)
        {
            orange += (drawn[at], drawn[at + 1], drawn[at + 2]) == ((byte)255, (byte)140, (byte)0) ? 1 : 0;
        }

        orange.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Somebody_at_the_edge_and_beyond_it_is_drawn_without_fault()
    {
        using RgbFrame picture = Noise();

        Should.NotThrow(() => Overlay.Draw(picture, [Person(-10, -5), Person(Width + 20, Height + 10), Person(0, Height)]));
    }

    private static ObservedPerson Person(float x, float y)
    {
        var joints = new Keypoint[17];
        joints[(int)Joint.Nose] = new Keypoint(x, y, 0.9f);
        joints[(int)Joint.LeftEar] = new Keypoint(x + 14, y - 2, 0.9f);
        joints[(int)Joint.RightEar] = new Keypoint(x - 14, y - 2, 0.9f);
        joints[(int)Joint.LeftShoulder] = new Keypoint(x + 30, y + 35, 0.9f);
        joints[(int)Joint.RightShoulder] = new Keypoint(x - 30, y + 35, 0.9f);
        joints[(int)Joint.LeftElbow] = new Keypoint(x + 40, y + 70, 0.9f);
        return new ObservedPerson(
            1, Behaviour.HeadUp, 1, new Pose(new Box(x - 45, y - 20, x + 45, y + 100), 0.9f, ImmutableArray.Create(joints)));
    }

    private static RgbFrame Noise()
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(Width * Height * 3);
        new Random(1).NextBytes(owner.Memory.Span[..(Width * Height * 3)]);
        return new RgbFrame(Width, Height, owner, DateTimeOffset.UnixEpoch);
    }

    private static double Sharpness(byte[] pixels, int left, int top, int right, int bottom)
    {
        double sum = 0;
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x + 1 < right; x++)
            {
                sum += Math.Abs(pixels[(y * Width + x) * 3] - pixels[(y * Width + x + 1) * 3]);
            }
        }

        return sum;
    }
}
