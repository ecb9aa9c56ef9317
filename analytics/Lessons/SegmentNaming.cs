using Xunke.Analytics.Speech;

namespace Xunke.Analytics.Lessons;

/// <summary>Gives a stretch the plain name that a teacher would (docs/analyse.md, "Segments").</summary>
internal static class SegmentNaming
{
    private const double ManyHeadsDown = 0.5;
    private const double ManyHeadsUp = 0.55;
    private const double HandsOfQuestions = 0.06;
    private const double MuchTeacherTalk = 0.4;
    private const double SomeTalk = 0.05;
    private const double TurnsOfDialogue = 2;
    private const double ManyPupilsTalk = 0.4;
    private const double OthersOverTeacher = 2;
    private const double ManyTurned = 0.3;
    private const double ManyStanding = 0.2;
    private const double ManyAway = 0.7;

    /// <summary>What is named by sight or by sound alone deserves less.</summary>
    private const double OneSense = 0.6;

    public static (SegmentKind Kind, double Confidence) Name(LessonStretch stretch, double usualPeople)
    {
        bool seen = stretch.Participation.State == FigureState.Ok;
        SpeechFigures? speech = stretch.Interaction.State == FigureState.Ok ? stretch.Speech : null;
        SegmentKind kind = (seen, speech) switch
        {
            (false, null) => SegmentKind.Unclear,
            (true, null) => BySight(stretch.Histogram, usualPeople),
            (false, _) => BySound(speech),
            _ => ByBoth(stretch.Histogram, speech, usualPeople),
        };
        double sight = Math.Min(1, stretch.Participation.Coverage), sound = speech?.Confidence ?? 0.5;
        double confidence = (seen, speech) switch
        {
            (false, null) => 0,
            (true, null) => OneSense * sight,
            (false, _) => OneSense * sound,
            _ => (sight + sound) / 2,
        };
        return (kind, kind == SegmentKind.Unclear ? 0 : confidence);
    }

    private static SegmentKind ByBoth(BehaviourHistogram seen, SpeechFigures heard, double usualPeople) =>
        IsTransition(seen, usualPeople) ? SegmentKind.Transition
        : (IsPairTalk(heard) || (seen.TalkingToNeighbour >= ManyTurned && heard.TeacherShare < MuchTeacherTalk))
            && seen.HandRaised + seen.Standing < HandsOfQuestions ? SegmentKind.PairTalk
        : IsDialogue(heard) || seen.HandRaised >= HandsOfQuestions ? SegmentKind.QuestionAndAnswer
        : seen.HeadDown >= ManyHeadsDown && heard.TeacherShare < MuchTeacherTalk ? SegmentKind.Practice
        : heard.TeacherShare >= MuchTeacherTalk ? SegmentKind.TeacherTalk
        : SegmentKind.Unclear;

    private static SegmentKind BySight(BehaviourHistogram seen, double usualPeople) =>
        IsTransition(seen, usualPeople) ? SegmentKind.Transition
        : seen.HandRaised >= HandsOfQuestions ? SegmentKind.QuestionAndAnswer
        : seen.TalkingToNeighbour >= ManyTurned ? SegmentKind.PairTalk
        : seen.HeadDown >= ManyHeadsDown ? SegmentKind.Practice
        : seen.HeadUp >= ManyHeadsUp ? SegmentKind.TeacherTalk
        : SegmentKind.Unclear;

    private static SegmentKind BySound(SpeechFigures heard) =>
        IsPairTalk(heard) ? SegmentKind.PairTalk
        : IsDialogue(heard) ? SegmentKind.QuestionAndAnswer
        : heard.TeacherShare >= MuchTeacherTalk ? SegmentKind.TeacherTalk
        : SegmentKind.Unclear;

    private static bool IsPairTalk(SpeechFigures heard) =>
        heard.PupilShare >= ManyPupilsTalk && heard.PupilShare >= OthersOverTeacher * heard.TeacherShare;

    private static bool IsDialogue(SpeechFigures heard) =>
        heard.TurnsPerMinute >= TurnsOfDialogue && heard.TeacherShare >= SomeTalk && heard.PupilShare >= SomeTalk;

    private static bool IsTransition(BehaviourHistogram seen, double usualPeople) =>
        seen.Standing >= ManyStanding || seen.People < ManyAway * usualPeople;
}
