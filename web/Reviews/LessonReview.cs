using Xunke.Actors.Reviews;

namespace Xunke.Web.Reviews;

/// <summary>What people say of a lesson, as far as the caller may know it.</summary>
/// <param name="IsTeacher">Whether the caller gave the lesson.</param>
/// <param name="MayAnswer">Whether the caller may answer objections.</param>
/// <param name="MayJudge">Whether the caller may judge the goals.</param>
/// <param name="Chapters">The teacher's own division; empty: there is none.</param>
/// <param name="Goals">In their order.</param>
/// <param name="TeacherRate">Goals attained, as the teacher judges; null: the teacher has judged none.</param>
/// <param name="ObserverRate">The same over what all observers judge.</param>
/// <param name="Reflection">Null: there is none, or the teacher keeps it private.</param>
/// <param name="Objections">The oldest first.</param>
/// <param name="Remarks">By their moments, those on the whole lesson first.</param>
/// <param name="Shares">Links for colleagues; only the teacher knows of them.</param>
/// <param name="Kind">What kind of lesson the teacher says it was; null: not said.</param>
/// <param name="Kinds">The district's kinds of lessons.</param>
/// <param name="Slices">Parts that were cut out, by their beginnings.</param>
/// <param name="SliceTags">The district's tags for them.</param>
internal sealed record LessonReview(
    bool IsTeacher, bool MayAnswer, bool MayJudge, IReadOnlyList<Chapter> Chapters, IReadOnlyList<GoalView> Goals, GoalRate? TeacherRate,
    GoalRate? ObserverRate, ReflectionView? Reflection, IReadOnlyList<ObjectionView> Objections, IReadOnlyList<RemarkView> Remarks,
    IReadOnlyList<ShareView> Shares, string? Kind, IReadOnlyList<string> Kinds, IReadOnlyList<SliceView> Slices,
    IReadOnlyList<string> SliceTags);

/// <summary>A goal with what was judged.</summary>
internal sealed record GoalView(Guid Id, string Text, string Shows, IReadOnlyList<JudgementView> Judgements);

/// <summary>What one person says of a goal; IsMine: the caller.</summary>
internal sealed record JudgementView(
    string DisplayName, bool IsTeacher, bool IsMine, GoalOutcome Outcome, string Evidence, double? At, DateTimeOffset MadeAt);

/// <summary>
/// The rate of goals attained (目标达成率): counted over judgements that say attained, partly or not; those not shown are left out.
/// </summary>
/// <param name="Value">0 to 1; null: nothing was judged.</param>
/// <param name="N">Judgements that count.</param>
/// <param name="Attained">Of them, attained.</param>
/// <param name="Formula">How it is counted.</param>
internal sealed record GoalRate(double? Value, int N, int Attained, string Formula)
{
    /// <summary>The formula's name and version (docs/analyse.md).</summary>
    public const string Version = "goals-attained/1";

    /// <summary>Counts; null where nobody has judged.</summary>
    public static GoalRate? Of(IEnumerable<GoalOutcome> judged)
    {
        GoalOutcome[] all = [.. judged];
        int n = all.Count(one => one is not GoalOutcome.NotShown);
        int attained = all.Count(one => one is GoalOutcome.Attained);
        return all.Length == 0 ? null : new GoalRate(n == 0 ? null : (double)attained / n, n, attained, Version);
    }
}

/// <summary>A teacher's reflection.</summary>
internal sealed record ReflectionView(string Text, bool IsShared, DateTimeOffset ChangedAt);

/// <summary>An objection with both sides' words.</summary>
internal sealed record ObjectionView(
    Guid Id, string Figure, double? Value, string Formula, string Text, DateTimeOffset MadeAt, DateTimeOffset? WithdrawnAt,
    string? Answer, ObjectionOutcome? Outcome, string? AnsweredName, DateTimeOffset? AnsweredAt);

/// <summary>A remark; At: seconds from the lesson's start, null: the whole lesson.</summary>
internal sealed record RemarkView(Guid Id, string DisplayName, bool IsMine, double? At, string Text, DateTimeOffset MadeAt);

/// <summary>A part that was cut out; From and To: seconds from the lesson's start. MayDrop: the caller may take it away.</summary>
internal sealed record SliceView(
    Guid Id, string DisplayName, bool MayDrop, double From, double To, string Name, IReadOnlyList<string> Tags, DateTimeOffset MadeAt);

/// <summary>A link for a colleague; DisplayName: who has opened it.</summary>
internal sealed record ShareView(Guid Id, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt, string? DisplayName);
