using System.Collections.Immutable;
using Xunke.Actors.Live;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Indices;
using Xunke.Analytics.Vision;

namespace Xunke.Actors.Classrooms;

/// <summary>Turns what the analysis gives into the small records that go to browsers.</summary>
internal static class Packing
{
    private const int PackedJoints = (int)Joint.RightHip + 1;

    /// <summary>Below this score a joint's position means nothing; the seats and rules draw the same line.</summary>
    private const float Seen = 0.15f;

    /// <summary>Everyone of a sample.</summary>
    public static ImmutableArray<PoseView> Poses(BehaviourSample sample)
    {
        var poses = ImmutableArray.CreateBuilder<PoseView>(sample.People.Length);
        foreach (var person in sample.People)
        {
            poses.Add(new PoseView(
                person.Seat, person.Behaviour, (int)Math.Round(person.Confidence * 100),
                Joints(person.Pose, sample.FrameWidth, sample.FrameHeight)));
        }

        return poses.MoveToImmutable();
    }

    /// <summary>A figure as the views carry it.</summary>
    public static Figure Figure(IndexValue value) =>
        new(value.Value, value.Samples, value.Coverage, (int)value.Window.TotalSeconds, value.Formula);

    /// <summary>A point of the chart.</summary>
    public static HistoryPoint Point(RoomIndices indices) => new(
        indices.At, indices.Counts.People, indices.Counts.HandsRaised, indices.Counts.Standing, indices.Counts.HeadsUp,
        indices.Counts.HeadsDown, indices.Counts.HeadsOnDesk, indices.Counts.Unknown,
        indices.HeadUpRate.Value, indices.Participation.Value);

    private static ImmutableArray<int> Joints(Pose pose, int width, int height)
    {
        var joints = ImmutableArray.CreateBuilder<int>(PackedJoints * 2);
        for (var index = 0; index < PackedJoints; index++)
        {
            var (x, y, score) = pose.Keypoints[index];
            joints.Add(score < Seen ? -1 : Thousandths(x, width));
            joints.Add(score < Seen ? -1 : Thousandths(y, height));
        }

        return joints.MoveToImmutable();
    }

    private static int Thousandths(float pixels, int size) => (int)Math.Clamp(MathF.Round(pixels * 1000 / size), 0, 1000);
}
