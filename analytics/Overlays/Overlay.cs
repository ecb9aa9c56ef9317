using OpenCvSharp;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Overlays;

/// <summary>
/// Draws what was seen over a picture that shows nobody's face: the whole picture in small squares, so that a head which was not
/// found is covered too, every head that was found in large ones, and then the bodies' lines in the colour of the behaviour.
/// </summary>
public static class Overlay
{
    private const float Drawn = 0.15f;

    /// <summary>Small squares across the picture: about 10 pixels of 1024.</summary>
    private const int SquaresAcross = 104;

    private const int SquaresAcrossHead = 3;

    /// <summary>In pixels.</summary>
    private const int LineWidth = 3;

    private static readonly (Joint From, Joint To)[] Bones =
    [
        (Joint.LeftShoulder, Joint.RightShoulder),
        (Joint.LeftShoulder, Joint.LeftElbow),
        (Joint.LeftElbow, Joint.LeftWrist),
        (Joint.RightShoulder, Joint.RightElbow),
        (Joint.RightElbow, Joint.RightWrist),
        (Joint.LeftShoulder, Joint.LeftHip),
        (Joint.RightShoulder, Joint.RightHip),
        (Joint.LeftHip, Joint.RightHip),
    ];

    /// <returns>8-bit RGB, rows packed, as large as the picture.</returns>
    public static byte[] Draw(RgbFrame picture, IReadOnlyList<ObservedPerson> people) => Over(picture, canvas =>
    {
        Hide(canvas, people);
        foreach (ObservedPerson person in people)
        {
            DrawBody(canvas, person);
        }
    });

    /// <summary>The same without the lines: the room, but nobody's face.</summary>
    /// <returns>8-bit RGB, rows packed, as large as the picture.</returns>
    public static byte[] Hide(RgbFrame picture, IReadOnlyList<ObservedPerson> people) => Over(picture, canvas => Hide(canvas, people));

    private static unsafe byte[] Over(RgbFrame picture, Action<Mat> draw)
    {
        byte[] pixels = picture.Pixels.ToArray();
        fixed (byte* first = pixels)
        {
            using Mat canvas = Pixels.Over(first, picture.Width, new Rect(0, 0, picture.Width, picture.Height));
            draw(canvas);
        }

        return pixels;
    }

    private static void Hide(Mat canvas, IReadOnlyList<ObservedPerson> people)
    {
        Pixelate(canvas, new Rect(0, 0, canvas.Width, canvas.Height), Math.Max(4, Math.Max(canvas.Width, canvas.Height) / SquaresAcross));
        foreach (ObservedPerson person in people)
        {
            Box head = HeadBox.Of(person.Pose);
            var area = Rect.FromLTRB(
                (int)head.Left, (int)head.Top, (int)MathF.Ceiling(head.Right), (int)MathF.Ceiling(head.Bottom));
            Pixelate(canvas, area, Math.Max(4, (int)MathF.Ceiling(Math.Max(head.Width, head.Height) / SquaresAcrossHead)));
        }
    }

    /// <summary>Replaces a part by squares of one colour, each the mean of what it covers.</summary>
    /// <param name="area">What lies outside the picture is left out.</param>
    /// <param name="square">Side of a square in pixels, about.</param>
    private static void Pixelate(Mat canvas, Rect area, int square)
    {
        area = area.Intersect(new Rect(0, 0, canvas.Width, canvas.Height));
        if (area.Width <= 0 || area.Height <= 0)
        {
            return;
        }

        using Mat part = canvas.SubMat(area), squares = new();
        var size = new Size((area.Width + square - 1) / square, (area.Height + square - 1) / square);
        Cv2.Resize(part, squares, size, interpolation: InterpolationFlags.Area);
        Cv2.Resize(squares, part, area.Size, interpolation: InterpolationFlags.Nearest);
    }

    private static void DrawBody(Mat canvas, ObservedPerson person)
    {
        Scalar colour = ColourOf(person);
        Pose pose = person.Pose;
        if (person.Behaviour is Behaviour.HandRaised or Behaviour.Standing)
        {
            canvas.Rectangle(At(pose.Box.Left, pose.Box.Top), At(pose.Box.Right, pose.Box.Bottom), colour, LineWidth);
        }

        foreach ((Joint from, Joint to) in Bones)
        {
            Keypoint one = pose[from], other = pose[to];
            if (one.Score >= Drawn && other.Score >= Drawn)
            {
                canvas.Line(At(one.X, one.Y), At(other.X, other.Y), colour, LineWidth);
            }
        }
    }

    private static Point At(float x, float y) => new((int)x, (int)y);

    /// <summary>Orange: hand, magenta: standing, green: head up, blue: down, violet: on the desk, grey: unknown, white: no seat.</summary>
    private static Scalar ColourOf(ObservedPerson person) => (person.Seat, person.Behaviour) switch
    {
        ( < 0, _) => new(255, 255, 255),
        (_, Behaviour.HandRaised) => new(255, 140, 0),
        (_, Behaviour.Standing) => new(220, 0, 200),
        (_, Behaviour.HeadUp) => new(40, 190, 80),
        (_, Behaviour.HeadDown) => new(60, 130, 255),
        (_, Behaviour.HeadOnDesk) => new(140, 80, 230),
        _ => new(150, 150, 150),
    };
}
