using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Vision;

/// <summary>Brings found and true people together by their heads, nearest pairs first, each once.</summary>
internal static class Matching
{
    private const float SeenJoint = 0.05f;

    /// <summary>A found head may be this far from the true one, in head radii.</summary>
    private const float Reach = 1.5f;

    public static Dictionary<TruePerson, Pose> Match(IReadOnlyList<TruePerson> truth, IReadOnlyList<Pose> found)
    {
        var pairs =
            from person in truth
            from pose in found
            let head = HeadOf(pose)
            let distance = float.Hypot(head.X - person.HeadX, head.Y - person.HeadY) / person.HeadRadius
            where distance < Reach
            orderby distance
            select (person, pose);
        var matched = new Dictionary<TruePerson, Pose>();
        var used = new HashSet<Pose>(ReferenceEqualityComparer.Instance);
        foreach ((TruePerson person, Pose pose) in pairs)
        {
            if (!matched.ContainsKey(person) && used.Add(pose))
            {
                matched.Add(person, pose);
            }
        }

        return matched;
    }

    /// <summary>The middle of what is seen of the face; of a head turned away, a place above the shoulders.</summary>
    private static (float X, float Y) HeadOf(Pose pose)
    {
        (float x, float y, float weight) = (0, 0, 0);
        for (Joint joint = Joint.Nose; joint <= Joint.RightEar; joint++)
        {
            if (pose[joint].Score > SeenJoint)
            {
                x += pose[joint].X * pose[joint].Score;
                y += pose[joint].Y * pose[joint].Score;
                weight += pose[joint].Score;
            }
        }

        if (weight > 0)
        {
            return (x / weight, y / weight);
        }

        Keypoint left = pose[Joint.LeftShoulder];
        Keypoint right = pose[Joint.RightShoulder];
        return ((left.X + right.X) / 2, ((left.Y + right.Y) / 2) - (0.6f * float.Hypot(left.X - right.X, left.Y - right.Y)));
    }
}
