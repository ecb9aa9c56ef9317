namespace Xunke.Analytics.Vision;

/// <summary>The 17 COCO keypoints in the order in which MoveNet reports them. Left and right are the person's own.</summary>
public enum Joint
{
    Nose,

    LeftEye,

    RightEye,

    LeftEar,

    RightEar,

    LeftShoulder,

    RightShoulder,

    LeftElbow,

    RightElbow,

    LeftWrist,

    RightWrist,

    LeftHip,

    RightHip,

    LeftKnee,

    RightKnee,

    LeftAnkle,

    RightAnkle,
}

/// <summary>One joint of one person.</summary>
/// <param name="X">Pixels from the left of the analysed frame.</param>
/// <param name="Y">Pixels from the top of the analysed frame.</param>
/// <param name="Score">The model's confidence, 0 to 1; below about 0.1 the position means nothing.</param>
public readonly record struct Keypoint(float X, float Y, float Score);

/// <summary>An axis-aligned box in pixels of the analysed frame.</summary>
/// <param name="Right">Right edge, at least Left.</param>
/// <param name="Bottom">Bottom edge, at least Top.</param>
public readonly record struct Box(float Left, float Top, float Right, float Bottom)
{
    public float Width => Right - Left;

    public float Height => Bottom - Top;
}
