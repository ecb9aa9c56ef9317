using Xunke.Analytics.Seats;
using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Behaviours;

/// <summary>
/// Who talks with a neighbour? (docs/behaviours.md, "Talking with a neighbour".) Two people side by side who both turn their heads to
/// each other. It is said beside the behaviour, not instead of it: a head that is turned is up or down as well. Not thread-safe.
/// </summary>
internal sealed class NeighbourTalk
{
    /// <summary>
    /// How far the nose is aside of the middle between the ears, in shoulder widths: 0.3 for a head turned by 60 degrees. Each must be turned,
    /// and both together clearly, because a camera aside of two people sees one of them turned more than the other.
    /// </summary>
    private const float TurnedEach = 0.1f;

    private const float TurnedTogether = 0.3f;

    /// <summary>What the posture network's word weighs, in shoulder widths: half of a head that is clearly turned. It cannot say which way.</summary>
    private const float NetworkWeight = 0.15f;

    /// <summary>The ear on the far side is hidden; the model still places it, with less confidence.</summary>
    private const float EarSeen = 0.08f;

    /// <summary>Neighbours sit in one row: so far apart in height, in shoulder widths.</summary>
    private const float SameRow = 0.6f;

    private const float Nearest = 0.5f;
    private const float Farthest = 3.2f;

    /// <summary>Looks that are remembered, and how many of them it takes.</summary>
    private const int Remembered = 0b111;

    private const int LooksNeeded = 2;

    /// <summary>From this interval on one look has to do, as for a raised hand.</summary>
    private static readonly TimeSpan LongInterval = TimeSpan.FromSeconds(3);

    private readonly Dictionary<int, int> _looks = [];

    /// <summary>Looks at everyone and marks those who talk.</summary>
    /// <param name="people">Everyone seen; changed in place.</param>
    /// <param name="interval">The sampling interval in force.</param>
    /// <param name="network">What the posture network says of a head that is turned, 0 to 1; null where it is not heard.</param>
    public void Mark(List<ObservedPerson> people, TimeSpan interval, Func<Pose, float?> network)
    {
        bool[] turned = new bool[people.Count];
        Head?[] heads = [.. people.Select(person => HeadOf(person, network(person.Pose)))];
        for (int left = 0; left < heads.Length; left++)
        {
            for (int right = 0; right < heads.Length; right++)
            {
                if (heads[left] is { } one && heads[right] is { } other && TurnedToEachOther(one, other))
                {
                    turned[left] = turned[right] = true;
                }
            }
        }

        for (int i = 0; i < people.Count; i++)
        {
            if (people[i].Seat >= 0)
            {
                int looks = ((_looks.GetValueOrDefault(people[i].Seat) << 1) | (turned[i] ? 1 : 0)) & Remembered;
                _looks[people[i].Seat] = looks;
                bool talks = interval >= LongInterval ? turned[i] : int.PopCount(looks) >= LooksNeeded;
                people[i] = people[i] with { TalksToNeighbour = talks };
            }
        }
    }

    /// <summary>Null where nothing tells of the head, or the person has no seat.</summary>
    private static Head? HeadOf(ObservedPerson person, float? turnedAside)
    {
        Pose pose = person.Pose;
        Keypoint nose = pose[Joint.Nose], left = pose[Joint.LeftEar], right = pose[Joint.RightEar];
        Body body = Body.Of(pose);
        float? turn = body.HasShoulders && nose.Score >= Body.Seen && left.Score >= EarSeen && right.Score >= EarSeen
            ? (nose.X - (left.X + right.X) / 2) / body.Scale
            : null;
        float? word = NetworkWeight * ((2 * turnedAside) - 1);
        return person.Seat < 0 || (turn ?? word) is null ? null : new Head(body, turn ?? 0, word ?? 0);
    }

    private static bool TurnedToEachOther(Head left, Head right)
    {
        float scale = (left.Body.Scale + right.Body.Scale) / 2, apart = (right.Body.X - left.Body.X) / scale;
        float turnOfLeft = left.Turn + left.Network, turnOfRight = right.Network - right.Turn;
        return apart is >= Nearest and <= Farthest
            && MathF.Abs(left.Body.Y - right.Body.Y) <= SameRow * scale
            && turnOfLeft >= TurnedEach
            && turnOfRight >= TurnedEach
            && turnOfLeft + turnOfRight >= TurnedTogether;
    }

    /// <summary>What tells whether a head is turned to a neighbour.</summary>
    /// <param name="Body">The person's measures.</param>
    /// <param name="Turn">How far it is turned to the right of the picture by the joints, in shoulder widths; 0 where they were not seen.</param>
    /// <param name="Network">What the network adds to that, to whichever side.</param>
    private readonly record struct Head(Body Body, float Turn, float Network);
}
