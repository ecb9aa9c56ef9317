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

    /// <summary>Large squares across a head.</summary>
    private const int SquaresAcrossHead = 3;

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
    public static byte[] Draw(RgbFrame picture, IReadOnlyList<ObservedPerson> people)
    {
        byte[] pixels = Hide(picture, people);
        var canvas = new Canvas(picture.Width, picture.Height, pixels);
        foreach (ObservedPerson person in people)
        {
            DrawBody(canvas, person);
        }

        return pixels;
    }

    /// <summary>The same without the lines: the room, but nobody's face.</summary>
    /// <returns>8-bit RGB, rows packed, as large as the picture.</returns>
    public static byte[] Hide(RgbFrame picture, IReadOnlyList<ObservedPerson> people)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(people);
        byte[] pixels = picture.Pixels.ToArray();
        var canvas = new Canvas(picture.Width, picture.Height, pixels);
        canvas.Pixelate(0, 0, picture.Width, picture.Height, Math.Max(4, Math.Max(picture.Width, picture.Height) / SquaresAcross));
        foreach (ObservedPerson person in people)
        {
            HideHead(canvas, person.Pose);
        }

        return pixels;
    }

    private static void HideHead(Canvas canvas, Pose pose)
    {
        Box head = HeadOf(pose);
        int square = Math.Max(4, (int)MathF.Ceiling(Math.Max(head.Width, head.Height) / SquaresAcrossHead));
        canvas.Pixelate((int)head.Left, (int)head.Top, (int)MathF.Ceiling(head.Right), (int)MathF.Ceiling(head.Bottom), square);
    }

    /// <summary>Where the head is, generously: around the face, or the upper third of the box where no face was seen.</summary>
    private static Box HeadOf(Pose pose)
    {
        Keypoint[] face = [.. pose.Keypoints.Take((int)Joint.RightEar + 1).Where(point => point.Score >= Drawn)];
        if (face.Length == 0)
        {
            return pose.Box with { Bottom = pose.Box.Top + pose.Box.Height / 3 };
        }

        float left = face.Min(point => point.X), right = face.Max(point => point.X);
        float top = face.Min(point => point.Y), bottom = face.Max(point => point.Y);
        float shoulders = MathF.Abs(pose[Joint.LeftShoulder].X - pose[Joint.RightShoulder].X);
        float reach = Math.Max(Math.Max(right - left, bottom - top), Math.Max(0.35f * shoulders, 0.1f * pose.Box.Height));
        return new Box(left - 0.6f * reach, top - 0.9f * reach, right + 0.6f * reach, bottom + 0.8f * reach);
    }

    private static void DrawBody(Canvas canvas, ObservedPerson person)
    {
        (byte, byte, byte) colour = ColourOf(person);
        Pose pose = person.Pose;
        if (person.Behaviour is Behaviour.HandRaised or Behaviour.Standing)
        {
            canvas.Frame(pose.Box.Left, pose.Box.Top, pose.Box.Right, pose.Box.Bottom, colour);
        }

        foreach ((Joint from, Joint to) in Bones)
        {
            Keypoint one = pose[from], other = pose[to];
            if (one.Score >= Drawn && other.Score >= Drawn)
            {
                canvas.Line(one.X, one.Y, other.X, other.Y, colour);
            }
        }
    }

    /// <summary>Orange: hand, magenta: standing, green: head up, blue: down, violet: on the desk, grey: unknown, white: no seat.</summary>
    private static (byte, byte, byte) ColourOf(ObservedPerson person) => (person.Seat, person.Behaviour) switch
    {
        ( < 0, _) => (255, 255, 255),
        (_, Behaviour.HandRaised) => (255, 140, 0),
        (_, Behaviour.Standing) => (220, 0, 200),
        (_, Behaviour.HeadUp) => (40, 190, 80),
        (_, Behaviour.HeadDown) => (60, 130, 255),
        (_, Behaviour.HeadOnDesk) => (140, 80, 230),
        _ => (150, 150, 150),
    };
}
