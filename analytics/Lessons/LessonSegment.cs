namespace Xunke.Analytics.Lessons;

/// <summary>What a segment of a lesson looks and sounds like (教学环节).</summary>
public enum SegmentKind
{
    /// <summary>Too little was seen and heard, or nothing fits.</summary>
    Unclear,

    /// <summary>The teacher talks, the class listens (教师讲授).</summary>
    TeacherTalk,

    /// <summary>Teacher and pupils take turns, hands go up (问答).</summary>
    QuestionAndAnswer,

    /// <summary>Heads are down over quiet work (练习).</summary>
    Practice,

    /// <summary>Many pupils talk at once (同伴讨论).</summary>
    PairTalk,

    /// <summary>Pupils get up, come or go (过渡).</summary>
    Transition,
}

/// <param name="Kind">What it looks like.</param>
/// <param name="Confidence">How much stands behind that name, 0 to 1.</param>
/// <param name="Measures">Its figures.</param>
/// <param name="ParticipationDifference">Participation less the lesson's own mean; null where either has no value.</param>
/// <param name="HeadUpDifference">Head-up rate less the lesson's own mean; null where either has no value.</param>
/// <param name="InteractionDifference">Turns a minute less the lesson's own mean; null where either has no value.</param>
public sealed record LessonSegment(
    SegmentKind Kind,
    double Confidence,
    LessonStretch Measures,
    double? ParticipationDifference,
    double? HeadUpDifference,
    double? InteractionDifference)
{
    /// <summary>Name and version of the rules behind borders and names.</summary>
    public const string Formula = "segments/1";
}
