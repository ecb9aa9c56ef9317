using Xunke.Analytics.Seats;
using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Behaviours;

/// <summary>
/// Who talks with a neighbour? (docs/behaviours.md, "Talking with a neighbour".) Two people side by side who both turn their heads to
/// each other. Reported beside the behaviour: a turned head is also up or down. Not thread-safe.
/// </summary>
internal sealed class NeighbourTalk
{
    /// <summary>
    /// Distance of the nose from the middle between the ears, in shoulder widths: 0.3 for a head turned by 60 degrees. Each head must be
    /// turned, and the sum must be clear, because a camera to the side sees one of them turned more than the other.
    /// </summary>
    private const float TurnedEach = 0.1f;

    private const float TurnedTogether = 0.3f;

    /// <summary>Weight of the network's answer, in shoulder widths: half of a clearly turned head, in either direction.</summary>
    private const float NetworkWeight = 0.15f;

    /// <summary>The ear on the far side is hidden; the model still places it, with less confidence.</summary>
    private const float EarSeen = 0.08f;

    /// <summary>Largest difference in height between neighbours in one row, in shoulder widths.</summary>
    private const float SameRow = 0.6f;

    private const float Nearest = 0.5f;
    private const float Farthest = 3.2f;

    /// <summary>Looks that are remembered, and how many of them it takes.</summary>
    private const int Remembered = 0b111;

    private const int LooksNeeded = 2;

    /// <summary>From this interval on one look decides, as for a raised hand.</summary>
    private static readonly TimeSpan LongInterval = TimeSpan.FromSeconds(3);

    private readonly Dictionary<int, int> _looks = [];

    /// <param name="people">Everyone seen; changed in place.</param>
    /// <param name="network">The network's probability of a turned head, 0 to 1; null where it is not used.</param>
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

    /// <summary>Null without a readable head or a seat.</summary>
    private static Head? HeadOf(ObservedPerson person, float? turnedAside)
    {
        Pose pose = person.Pose;
        Keypoint nose = pose[Joint.Nose], left = pose[Joint.LeftEar], right = pose[Joint.RightEar];
        var body = Body.Of(pose);
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
    /// <param name="Turn">Turn to the right of the picture by the joints, in shoulder widths; 0 where they were not seen.</param>
    private readonly record struct Head(Body Body, float Turn, float Network);
}
