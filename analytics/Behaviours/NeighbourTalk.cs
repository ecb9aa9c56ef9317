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
    public void Mark(List<ObservedPerson> people, TimeSpan interval)
    {
        bool[] turned = new bool[people.Count];
        (Body Body, float? Turn)[] heads = [.. people.Select(person => (Body.Of(person.Pose), Turn(person)))];
        for (int left = 0; left < heads.Length; left++)
        {
            for (int right = 0; right < heads.Length; right++)
            {
                if (heads[left].Turn is { } one && heads[right].Turn is { } other && TurnedToEachOther(heads[left].Body, one, heads[right].Body, other))
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

    /// <summary>How far the head is turned to the right of the picture, in shoulder widths; null where it is not seen or has no seat.</summary>
    private static float? Turn(ObservedPerson person)
    {
        Pose pose = person.Pose;
        Keypoint nose = pose[Joint.Nose], left = pose[Joint.LeftEar], right = pose[Joint.RightEar];
        Body body = Body.Of(pose);
        return person.Seat >= 0 && body.HasShoulders && nose.Score >= Body.Seen && left.Score >= EarSeen && right.Score >= EarSeen
            ? (nose.X - (left.X + right.X) / 2) / body.Scale
            : null;
    }

    private static bool TurnedToEachOther(Body left, float turnOfLeft, Body right, float turnOfRight)
    {
        float scale = (left.Scale + right.Scale) / 2, apart = (right.X - left.X) / scale;
        return apart is >= Nearest and <= Farthest
            && MathF.Abs(left.Y - right.Y) <= SameRow * scale
            && turnOfLeft >= TurnedEach
            && -turnOfRight >= TurnedEach
            && turnOfLeft - turnOfRight >= TurnedTogether;
    }
}
