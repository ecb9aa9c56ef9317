namespace Xunke.Web.Books.Files;

/// <summary>Empty forms to download, each with a row that shows how it is filled in. What they look like is what is read.</summary>
internal static class BookTemplates
{
    private static readonly FileSource Nowhere = new(string.Empty, string.Empty);

    /// <summary>The forms by name.</summary>
    public static IReadOnlyDictionary<string, BookSheet> All { get; } = new Dictionary<string, BookSheet>
    {
        ["timetable"] = TimetableSheets.List(
        [
            new ImportedLesson("三年级1班", 1, 1, "语文", Nowhere) { Teacher = "张伟", Room = "301", FirstWeek = 1, LastWeek = 18 },
            new ImportedLesson("三年级1班", 1, 2, "书法", Nowhere) { Teacher = "李娜", Rotation = Rotation.Odd },
        ]),
        ["district-timetable"] = TimetableSheets.List(
            [
                new ImportedLesson("三年级1班", 1, 1, "语文", Nowhere) { School = "湖滨小学", Teacher = "张伟", Room = "301" },
                new ImportedLesson("七年级2班", 1, 1, "数学", Nowhere) { School = "第三中学", Teacher = "王芳" },
            ],
            withSchools: true),
        ["class-grid"] = new BookSheet(
            "三年级1班",
            ["节次", "星期一", "星期二", "星期三", "星期四", "星期五"],
            [
                ["第1节", "语文 张伟", "数学 李娜", "语文 张伟", "数学 李娜", "英语 王芳"],
                ["第2节", "数学 李娜", "语文 张伟", "音乐 赵敏(单周)/美术 孙丽(双周)", "体育 陈刚", "语文 张伟"],
            ]),
        ["teachers"] = TimetableSheets.Teachers(
            [new ImportedTeacher(null, "张伟", Nowhere) { Number = "T001", Subjects = ["语文", "道法"], Schools = ["湖滨小学"] }]),
        ["classes"] = TimetableSheets.Classes(
            [new ImportedClass(null, "三年级1班", Nowhere) { Grade = "三年级", Pupils = 42, Room = "301", School = "湖滨小学" }]),
        ["rooms"] = TimetableSheets.Rooms(
            [new ImportedRoom("三年级1班教室", Nowhere) { Number = "301", Grade = "三年级", Pupils = 42, School = "湖滨小学" }]),
        ["subjects"] = TimetableSheets.Subjects([new ImportedSubject(null, "语文", Nowhere) { Code = "YW" }]),
    };
}
