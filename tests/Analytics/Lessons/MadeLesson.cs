using System.Collections.Immutable;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Speech;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Lessons;

/// <summary>Lessons made of numbers.</summary>
internal static class MadeLesson
{
    public static DateTimeOffset Origin => DateTimeOffset.UnixEpoch;

    private static readonly Pose Nobody = new(default, 0, ImmutableArray<Keypoint>.Empty);

    /// <summary>A sample of a class: so many of each, the rest unknown.</summary>
    public static BehaviourSample Sample(
        double second, int people, int up = 0, int down = 0, int hands = 0, int standing = 0, bool low = false)
    {
        var behaviours = new List<Behaviour>();
        behaviours.AddRange(Enumerable.Repeat(Behaviour.HeadUp, up));
        behaviours.AddRange(Enumerable.Repeat(Behaviour.HeadDown, down));
        behaviours.AddRange(Enumerable.Repeat(Behaviour.HandRaised, hands));
        behaviours.AddRange(Enumerable.Repeat(Behaviour.Standing, standing));
        behaviours.AddRange(Enumerable.Repeat(Behaviour.Unknown, people - behaviours.Count));
        return new BehaviourSample(
            Origin.AddSeconds(second), TimeSpan.FromSeconds(2), 832, 468,
            [.. behaviours.Select((behaviour, seat) => new ObservedPerson(seat, behaviour, 1, Nobody))], low);
    }

    /// <summary>Who speaks from when to when.</summary>
    public static HeardLesson Sound(double seconds, params (double From, double To, Speaker Speaker)[] parts) => new(
        TimeSpan.FromSeconds(seconds),
        [.. parts.Select(part => new SpokenPart(TimeSpan.FromSeconds(part.From), TimeSpan.FromSeconds(part.To), part.Speaker, 0.9))],
        SeparationMethod.Voices,
        ImmutableArray<double>.Empty);
}
