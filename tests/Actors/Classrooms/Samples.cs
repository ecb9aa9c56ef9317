using System.Collections.Immutable;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Actors.Classrooms;

/// <summary>Makes samples as the analysis would.</summary>
internal static class Samples
{
    public static BehaviourSample Of(DateTimeOffset at, params Behaviour[] people) => new(
        at, TimeSpan.FromSeconds(1), 832, 468, [.. people.Select((behaviour, seat) => Person(seat, behaviour))], LowConfidence: false);

    public static BehaviourSample Of(DateTimeOffset at, int people, Behaviour behaviour) =>
        Of(at, [.. Enumerable.Repeat(behaviour, people)]);

    /// <summary>A sample that no code reads without an exception.</summary>
    public static BehaviourSample Poison(DateTimeOffset at) => new(at, TimeSpan.FromSeconds(1), 832, 468, default, LowConfidence: false);

    /// <summary>Someone whose nose is in the middle of the frame, and whose other joints were not seen.</summary>
    private static ObservedPerson Person(int seat, Behaviour behaviour)
    {
        var keypoints = new Keypoint[17];
        keypoints[(int)Joint.Nose] = new Keypoint(416, 117, 0.9f);
        keypoints[(int)Joint.RightHip] = new Keypoint(208, 600, 0.9f);
        return new ObservedPerson(seat, behaviour, 0.75f, new Pose(default, 0.5f, [.. keypoints]));
    }

}
