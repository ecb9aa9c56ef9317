namespace Xunke.Analytics.Vision;

/// <summary>Where a face is: the middle of nose, eyes and ears, weighted by their scores.</summary>
internal static class FaceCentre
{
    /// <summary>Below this a keypoint's position means nothing.</summary>
    private const float Seen = 0.15f;

    /// <summary>Null where no part of a face was seen.</summary>
    /// <param name="joints">The 17 joints of one person, by <see cref="Joint"/>.</param>
    public static (float X, float Y)? Of(ReadOnlySpan<Keypoint> joints)
    {
        float x = 0, y = 0, weight = 0;
        foreach (Keypoint point in joints[..((int)Joint.RightEar + 1)])
        {
            if (point.Score >= Seen)
            {
                x += point.X * point.Score;
                y += point.Y * point.Score;
                weight += point.Score;
            }
        }

        return weight > 0 ? (x / weight, y / weight) : null;
    }
}
