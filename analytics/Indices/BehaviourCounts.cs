using System.Collections.Immutable;
using Xunke.Analytics.Behaviours;

namespace Xunke.Analytics.Indices;

/// <summary>One sample's people by behaviour. The behaviours exclude each other: their sum is <paramref name="People"/>.</summary>
/// <param name="People">People seen at a seat; somebody without one (a teacher who walks) is not counted.</param>
/// <param name="HandsRaised">Of them, a hand raised.</param>
/// <param name="Standing">Of them, standing at a seat.</param>
/// <param name="HeadsUp">Of them, head up.</param>
/// <param name="HeadsDown">Of them, head down.</param>
/// <param name="Unknown">Of them, not known.</param>
/// <param name="TalkingToNeighbour">Of the people, turned to a neighbour who is turned back; counted beside the behaviours.</param>
/// <param name="HeadsOnDesk">Of the people, head on the desk.</param>
public sealed record BehaviourCounts(
    int People, int HandsRaised, int Standing, int HeadsUp, int HeadsDown, int Unknown, int TalkingToNeighbour = 0, int HeadsOnDesk = 0)
{
    public int Known => People - Unknown;

    /// <summary>Counts one sample's people. People without a seat (visitors, the teacher) are not counted.</summary>
    public static BehaviourCounts Of(ImmutableArray<ObservedPerson> people)
    {
        int seated = 0, hands = 0, standing = 0, up = 0, down = 0, onDesk = 0, talking = 0;
        foreach (ObservedPerson person in people)
        {
            if (person.Seat < 0)
            {
                continue;
            }

            seated++;
            talking += person.TalksToNeighbour ? 1 : 0;
            switch (person.Behaviour)
            {
                case Behaviour.HandRaised:
                    hands++;
                    break;
                case Behaviour.Standing:
                    standing++;
                    break;
                case Behaviour.HeadUp:
                    up++;
                    break;
                case Behaviour.HeadDown:
                    down++;
                    break;
                case Behaviour.HeadOnDesk:
                    onDesk++;
                    break;
            }
        }

        return new BehaviourCounts(seated, hands, standing, up, down, seated - hands - standing - up - down - onDesk, talking, onDesk);
    }
}
