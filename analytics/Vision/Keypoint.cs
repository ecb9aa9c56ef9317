namespace Xunke.Analytics.Vision;

/// <summary>The 17 COCO keypoints in the order in which MoveNet reports them. Left and right are the person's own.</summary>
public enum Joint
{
    /// <summary>Nose.</summary>
    Nose,

    /// <summary>Left eye.</summary>
    LeftEye,

    /// <summary>Right eye.</summary>
    RightEye,

    /// <summary>Left ear.</summary>
    LeftEar,

    /// <summary>Right ear.</summary>
    RightEar,

    /// <summary>Left shoulder.</summary>
    LeftShoulder,

    /// <summary>Right shoulder.</summary>
    RightShoulder,

    /// <summary>Left elbow.</summary>
    LeftElbow,

    /// <summary>Right elbow.</summary>
    RightElbow,

    /// <summary>Left wrist.</summary>
    LeftWrist,

    /// <summary>Right wrist.</summary>
    RightWrist,

    /// <summary>Left hip.</summary>
    LeftHip,

    /// <summary>Right hip.</summary>
    RightHip,

    /// <summary>Left knee.</summary>
    LeftKnee,

    /// <summary>Right knee.</summary>
    RightKnee,

    /// <summary>Left ankle.</summary>
    LeftAnkle,

    /// <summary>Right ankle.</summary>
    RightAnkle,
}

/// <summary>One joint of one person.</summary>
/// <param name="X">Pixels from the left of the analysed frame.</param>
/// <param name="Y">Pixels from the top of the analysed frame.</param>
/// <param name="Score">The model's confidence, 0 to 1; below about 0.1 the position means nothing.</param>
public readonly record struct Keypoint(float X, float Y, float Score);

/// <summary>An axis-aligned box in pixels of the analysed frame.</summary>
/// <param name="Left">Left edge.</param>
/// <param name="Top">Top edge.</param>
/// <param name="Right">Right edge, at least Left.</param>
/// <param name="Bottom">Bottom edge, at least Top.</param>
public readonly record struct Box(float Left, float Top, float Right, float Bottom)
{
    /// <summary>Width in pixels.</summary>
    public float Width => Right - Left;

    /// <summary>Height in pixels.</summary>
    public float Height => Bottom - Top;
}
