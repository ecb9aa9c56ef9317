using Xunke.Analytics.Seats;
using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Behaviours;

/// <summary>
/// The posture network as a witness in one room: what it says is passed on, posture by posture, as far as it has earned trust there
/// (docs/behaviours.md, "Postures"). Not thread-safe.
/// </summary>
internal sealed class PostureWitness
{
    /// <summary>A joint seen this well leaves no doubt.</summary>
    private const float PlainScore = 0.3f;

    /// <summary>A head this far from the border, in shoulder widths, is plainly up or down.</summary>
    private const float PlainDroop = 0.2f;

    /// <summary>A nose this near to the middle between the ears, in shoulder widths, is plainly not turned.</summary>
    private const float PlainlyStraight = 0.05f;

    /// <summary>Said with this, the network means it.</summary>
    private const float Meant = 0.7f;

    private readonly WitnessTrust _hand = new();
    private readonly WitnessTrust _head = new();
    private readonly WitnessTrust _desk = new();
    private readonly WitnessTrust _turned = new();

    /// <summary>What the network may say of somebody; nothing where it has not earned trust.</summary>
    public HeardPosture Hear(Pose pose) => pose.Posture is not { } said ? default : new HeardPosture(
        _hand.IsEarned ? said.HandRaised : null,
        _head.IsEarned ? said.HeadDown : null,
        _desk.IsEarned ? said.HeadOnDesk : null,
        _turned.IsEarned ? said.TurnedAside : null);

    /// <summary>Holds what the network said of somebody against the joints, where they leave no doubt.</summary>
    /// <param name="droop">How far the head is below (positive) or above the border, in shoulder widths; null if not seen.</param>
    public void Learn(Pose pose, Body body, float? droop)
    {
        if (pose.Posture is not { } said)
        {
            return;
        }

        if (HandRule.AreBothDown(pose))
        {
            _hand.Add(said.HandRaised >= Meant);
        }

        if (droop is { } head && MathF.Abs(head) >= PlainDroop)
        {
            _head.Add(head > 0 ? said.HeadDown <= 1 - Meant : said.HeadDown >= Meant);
            if (head < 0)
            {
                _desk.Add(said.HeadOnDesk >= Meant);
            }
        }

        Keypoint nose = pose[Joint.Nose], left = pose[Joint.LeftEar], right = pose[Joint.RightEar];
        if (nose.Score >= PlainScore && left.Score >= PlainScore && right.Score >= PlainScore
            && MathF.Abs(nose.X - ((left.X + right.X) / 2)) <= PlainlyStraight * body.Scale)
        {
            _turned.Add(said.TurnedAside >= Meant);
        }
    }
}

/// <summary>What is heard of the posture network about one person, 0 to 1; null where it has not earned trust, or was not asked.</summary>
internal readonly record struct HeardPosture(float? HandRaised, float? HeadDown, float? HeadOnDesk, float? TurnedAside);
