using System.Collections.Immutable;
using Xunke.Actors.Books;

namespace Xunke.Web.Simulation;

/// <summary>What the classes of the demo district learn: lessons a week, as the grades have them.</summary>
internal static class DemoLessons
{
    /// <summary>Makes the rows of the subjects, in the district's order.</summary>
    public static IReadOnlyList<Subject> MakeSubjects() =>
    [
        .. new (string Id, string Name, string NameEn)[]
        {
            ("chinese", "语文", "Chinese"), ("maths", "数学", "Mathematics"), ("english", "英语", "English"), ("ethics", "道德与法治", "Ethics"),
            ("politics", "思想政治", "Politics"), ("history", "历史", "History"), ("geography", "地理", "Geography"), ("science", "科学", "Science"),
            ("physics", "物理", "Physics"), ("chemistry", "化学", "Chemistry"), ("biology", "生物", "Biology"),
            ("it", "信息科技", "Information technology"), ("pe", "体育与健康", "Physical education"), ("music", "音乐", "Music"), ("art", "美术", "Art"),
            ("labour", "劳动", "Labour"), ("project", "综合实践", "Projects"),
        }.Select((subject, i) => new Subject { Id = subject.Id, Name = subject.Name, NameEn = subject.NameEn, Order = i + 1 }),
    ];

    private static readonly ImmutableArray<(string Subject, int Lessons)> Lower =
        [("chinese", 9), ("maths", 4), ("pe", 4), ("music", 2), ("art", 2), ("ethics", 2), ("science", 1), ("labour", 1), ("project", 1)];

    private static readonly ImmutableArray<(string Subject, int Lessons)> Upper =
    [
        ("chinese", 6), ("maths", 5), ("english", 3), ("pe", 3), ("science", 3), ("music", 2), ("art", 2), ("ethics", 2), ("project", 2), ("it", 1),
        ("labour", 1),
    ];

    private static readonly ImmutableArray<(string Subject, int Lessons)> Seventh =
    [
        ("chinese", 5), ("maths", 5), ("english", 5), ("pe", 3), ("history", 3), ("geography", 3), ("biology", 3), ("ethics", 2), ("music", 1),
        ("art", 1), ("it", 1), ("labour", 1), ("project", 1),
    ];

    private static readonly ImmutableArray<(string Subject, int Lessons)> Eighth =
    [
        ("chinese", 5), ("maths", 5), ("english", 5), ("pe", 3), ("physics", 3), ("history", 2), ("geography", 2), ("biology", 2), ("ethics", 2),
        ("music", 1), ("art", 1), ("it", 1), ("labour", 1), ("project", 1),
    ];

    private static readonly ImmutableArray<(string Subject, int Lessons)> Ninth =
    [
        ("chinese", 5), ("maths", 5), ("english", 5), ("physics", 4), ("chemistry", 4), ("pe", 3), ("history", 2), ("ethics", 2), ("music", 1),
        ("art", 1), ("labour", 1), ("project", 1),
    ];

    private static readonly ImmutableArray<(string Subject, int Lessons)> Senior =
    [
        ("chinese", 5), ("maths", 5), ("english", 5), ("physics", 3), ("chemistry", 3), ("biology", 2), ("history", 2), ("geography", 2),
        ("politics", 2), ("pe", 2), ("it", 1), ("music", 1), ("art", 1),
    ];

    /// <summary>Lessons a week of each subject, the most first.</summary>
    /// <param name="grade">From 1 to 12.</param>
    public static ImmutableArray<(string Subject, int Lessons)> Of(int grade) => grade switch
    {
        <= 2 => Lower,
        <= 6 => Upper,
        7 => Seventh,
        8 => Eighth,
        9 => Ninth,
        _ => Senior,
    };
}
