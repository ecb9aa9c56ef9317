namespace Xunke.Analytics.Behaviours;

/// <summary>Names and versions of the rules, stored with what they find. A changed threshold is a changed version.</summary>
public static class BehaviourRules
{
    /// <summary>A hand is held up: <see cref="HandRule"/>.</summary>
    public const string HandRaised = "hand-raised/3";

    /// <summary>Head up or down: <see cref="HeadRule"/>.</summary>
    public const string Head = "head/2";

    /// <summary>Standing at the seat: <see cref="StandingRule"/>.</summary>
    public const string Standing = "standing/4";

    /// <summary>The head lies on the desk: <see cref="HeadOnDeskRule"/>.</summary>
    public const string HeadOnDesk = "head-on-desk/3";

    /// <summary>Where the teacher is: <see cref="TeacherWatch"/>.</summary>
    public const string Teacher = "teacher-place/2";

    /// <summary>Two neighbours turned to each other: <see cref="Behaviours.NeighbourTalk"/>.</summary>
    public const string NeighbourTalk = "neighbour-talk/2";

    /// <summary>How looks become a behaviour: <see cref="SeatVote"/>.</summary>
    public const string Vote = "vote/5";
}
