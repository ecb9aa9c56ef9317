namespace Xunke.Analytics.Vision;

/// <summary>Someone who may be in the picture. Kept and filled anew for each picture.</summary>
internal sealed class PersonCandidate
{
    /// <summary>Height of the centre peak, 0 to 1.</summary>
    public float Score { get; set; }

    public Box Box { get; set; }

    public Posture Posture { get; set; }

    /// <summary>The 17 joints, in the order of <see cref="Joint"/>.</summary>
    public Keypoint[] Keypoints { get; } = new Keypoint[MultiPoseDecoder.Joints];

    public ref Keypoint this[Joint joint] => ref Keypoints[(int)joint];

    /// <summary>Distance between the shoulders, at least a quarter of the box's height: from the side they coincide.</summary>
    public float ShoulderWidth
    {
        get
        {
            Keypoint left = this[Joint.LeftShoulder];
            Keypoint right = this[Joint.RightShoulder];
            return Math.Max(float.Hypot(left.X - right.X, left.Y - right.Y), Box.Height / 4);
        }
    }

    /// <summary>Changes the coordinates from one picture to another of which it is a scaled piece.</summary>
    /// <param name="factor">Pixels of the other picture for one of this.</param>
    /// <param name="top">Where this picture begins in the other, in its pixels.</param>
    public void Scale(float factor, float top)
    {
        Box = new Box(Box.Left * factor, (Box.Top * factor) + top, Box.Right * factor, (Box.Bottom * factor) + top);
        foreach (ref Keypoint keypoint in Keypoints.AsSpan())
        {
            keypoint = keypoint with { X = keypoint.X * factor, Y = (keypoint.Y * factor) + top };
        }
    }
}
