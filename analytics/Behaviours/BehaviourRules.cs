namespace Xunke.Analytics.Behaviours;

/// <summary>Names and versions of the rules, stored with what they find. A changed threshold is a changed version.</summary>
public static class BehaviourRules
{
    public const string HandRaised = "hand-raised/3";

    public const string Head = "head/2";

    public const string Standing = "standing/4";

    public const string HeadOnDesk = "head-on-desk/3";

    public const string Teacher = "teacher-place/2";

    public const string NeighbourTalk = "neighbour-talk/2";

    public const string Vote = "vote/5";
}
