using Xunke.Analytics.Lessons;

namespace Xunke.Web.Analysis;

/// <summary>Segments' names for people.</summary>
internal static class SegmentNames
{
    public static string Chinese(SegmentKind kind) => kind switch
    {
        SegmentKind.TeacherTalk => "教师讲授",
        SegmentKind.QuestionAndAnswer => "师生问答",
        SegmentKind.Practice => "学生练习",
        SegmentKind.PairTalk => "同伴讨论",
        SegmentKind.Transition => "过渡",
        _ => "不明确",
    };

    public static string English(SegmentKind kind) => kind switch
    {
        SegmentKind.TeacherTalk => "teacher talk",
        SegmentKind.QuestionAndAnswer => "question and answer",
        SegmentKind.Practice => "practice",
        SegmentKind.PairTalk => "pair talk",
        SegmentKind.Transition => "transition",
        _ => "unclear",
    };
}
