using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Behaviours;

/// <summary>
/// A drawn person for tests: a pupil at a desk, facing the camera, with every joint seen. Lengths are in shoulder widths.
/// </summary>
internal sealed record Figure
{
    /// <summary>Middle between the shoulders, in pixels.</summary>
    public float X { get; init; } = 400;

    public float Y { get; init; } = 200;

    /// <summary>Shoulder width in pixels.</summary>
    public float Width { get; init; } = 30;

    /// <summary>How far the nose is above the shoulders.</summary>
    public float Neck { get; init; } = 0.4f;

    /// <summary>How far the nose is below the ears.</summary>
    public float Nod { get; init; } = 0.06f;

    /// <summary>Right elbow and wrist, from the right shoulder: outwards and up.</summary>
    public (float Out, float Up) Elbow { get; init; } = (0.1f, -0.6f);

    public (float Out, float Up) Wrist { get; init; } = (-0.1f, -0.9f);

    /// <summary>Facing the camera, or with the back to it.</summary>
    public bool Facing { get; init; } = true;

    /// <summary>Lower edge of the box below the shoulders.</summary>
    public float Legs { get; init; } = 2.2f;

    /// <summary>Score of every joint.</summary>
    public float Score { get; init; } = 0.6f;

    public static Figure Listening { get; } = new();

    public Figure WithHandHigh() => this with { Elbow = (0.2f, 0.5f), Wrist = (0.1f, 1.15f) };

    /// <summary>Upper arm level, hand at eye level beside the head.</summary>
    public Figure WithHandBeside() => this with { Elbow = (0.55f, -0.05f), Wrist = (0.3f, 0.5f) };

    public Figure WithHeadDown() => this with { Neck = -0.1f, Nod = 0.25f };

    /// <summary>On the arms: the trunk folded, the face at the shoulders.</summary>
    public Figure WithHeadOnDesk() => this with { Y = Y + 0.65f * Width, Neck = -0.2f, Nod = 0.35f };

    public Figure Standing() => this with { Y = Y - Width, Legs = Legs + 0.8f };

    public Pose Draw(params Joint[] hidden)
    {
        float side = Facing ? 1 : -1;
        var points = new Keypoint[17];
        void Put(Joint joint, float x, float up) => points[(int)joint] = new Keypoint(
            X + side * x * Width, Y - up * Width, hidden.Contains(joint) ? 0.02f : Score);

        // The person's own right is at the left of the picture when facing the camera.
        Put(Joint.LeftShoulder, 0.5f, 0);
        Put(Joint.RightShoulder, -0.5f, 0);
        Put(Joint.Nose, 0, Neck);
        Put(Joint.LeftEye, 0.08f, Neck + 0.1f);
        Put(Joint.RightEye, -0.08f, Neck + 0.1f);
        Put(Joint.LeftEar, 0.2f, Neck + Nod);
        Put(Joint.RightEar, -0.2f, Neck + Nod);
        Put(Joint.LeftElbow, 0.6f, -0.6f);
        Put(Joint.LeftWrist, 0.4f, -0.9f);
        Put(Joint.RightElbow, -0.5f - Elbow.Out, Elbow.Up);
        Put(Joint.RightWrist, -0.5f - Wrist.Out, Wrist.Up);
        Put(Joint.LeftHip, 0.35f, -1.2f);
        Put(Joint.RightHip, -0.35f, -1.2f);
        foreach (Joint leg in new[] { Joint.LeftKnee, Joint.RightKnee, Joint.LeftAnkle, Joint.RightAnkle })
        {
            Put(leg, 0, -Legs);
        }

        var box = new Box(X - 0.8f * Width, Y - 0.8f * Width, X + 0.8f * Width, Y + Legs * Width);
        return new Pose(box, 0.7f, [.. points]);
    }
}
