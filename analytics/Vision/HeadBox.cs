namespace Xunke.Analytics.Vision;

/// <summary>Where somebody's head is, generously: to hide it.</summary>
internal static class HeadBox
{
    /// <summary>Joints below this are not believed.</summary>
    private const float Seen = 0.15f;

    /// <summary>The box around the face, hair and chin too, or the upper third of the person's box where no face was seen.</summary>
    public static Box Of(Pose pose)
    {
        if (Face(pose) is not { } face)
        {
            return pose.Box with { Bottom = pose.Box.Top + pose.Box.Height / 3 };
        }

        float reach = Reach(pose, face);
        return new Box(face.Left - 0.6f * reach, face.Top - 0.9f * reach, face.Right + 0.6f * reach, face.Bottom + 0.8f * reach);
    }

    /// <summary>How large the head is, from the chin to the crown, in pixels: rather too large than too small.</summary>
    public static float SizeOf(Pose pose) =>
        Face(pose) is { } face ? 1.5f * Reach(pose, face) : Math.Min(pose.Box.Width, pose.Box.Height / 3);

    private static Box? Face(Pose pose)
    {
        Box? face = null;
        for (Joint joint = Joint.Nose; joint <= Joint.RightEar; joint++)
        {
            if (pose[joint] is { Score: >= Seen } point)
            {
                face = face is not { } box ? new Box(point.X, point.Y, point.X, point.Y) : new Box(
                    Math.Min(box.Left, point.X), Math.Min(box.Top, point.Y), Math.Max(box.Right, point.X), Math.Max(box.Bottom, point.Y));
            }
        }

        return face;
    }

    private static float Reach(Pose pose, Box face)
    {
        float shoulders = MathF.Abs(pose[Joint.LeftShoulder].X - pose[Joint.RightShoulder].X);
        // Of who is cut off by the picture's edge the shoulders may not be seen, and a face from behind is small: the box says more.
        float body = Math.Max(0.1f * pose.Box.Height, 0.25f * pose.Box.Width);
        return Math.Max(Math.Max(face.Width, face.Height), Math.Max(0.35f * shoulders, body));
    }
}
