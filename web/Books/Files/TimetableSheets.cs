namespace Xunke.Web.Books.Files;

/// <summary>Writes timetables and lists in the forms in which they are read.</summary>
internal static class TimetableSheets
{
    private static readonly string[] LessonHeaders = ["星期", "节次", "班级", "课程", "教师", "地点", "开始周", "结束周", "单双周"];

    /// <summary>A timetable as a list of lessons.</summary>
    /// <param name="lessons">The lessons.</param>
    /// <param name="withSchools">Whether a column says whose they are: the file is of the whole district.</param>
    public static BookSheet List(IEnumerable<ImportedLesson> lessons, bool withSchools = false) => new(
        "课表",
        withSchools ? ["学校", .. LessonHeaders] : LessonHeaders,
        [
            .. lessons.Select(lesson => (IReadOnlyList<BookCell>)
            [
                .. withSchools ? [lesson.School] : Array.Empty<BookCell>(),
                Weekday(lesson.Weekday), $"第{lesson.Period}节", lesson.ClassName, lesson.Subject, lesson.Teacher, lesson.Room,
                lesson.FirstWeek, lesson.LastWeek, Rotation(lesson.Rotation),
            ]),
        ]);

    /// <summary>Teachers as a list.</summary>
    public static BookSheet Teachers(IEnumerable<ImportedTeacher> teachers) => new(
        "教师",
        ["姓名", "工号", "学科", "学校"],
        [
            .. teachers.Select(teacher => (IReadOnlyList<BookCell>)
                [teacher.Name, teacher.Number, string.Join('、', teacher.Subjects), string.Join('、', teacher.Schools)]),
        ]);

    /// <summary>Classes as a list.</summary>
    public static BookSheet Classes(IEnumerable<ImportedClass> classes) => new(
        "班级",
        ["班级", "年级", "人数", "教室", "学校"],
        [.. classes.Select(one => (IReadOnlyList<BookCell>)[one.Name, one.Grade, one.Pupils, one.Room, one.School])]);

    /// <summary>Rooms as a list.</summary>
    public static BookSheet Rooms(IEnumerable<ImportedRoom> rooms) => new(
        "教室",
        ["教室", "教室编号", "年级", "人数", "学校"],
        [.. rooms.Select(one => (IReadOnlyList<BookCell>)[one.Name, one.Number, one.Grade, one.Pupils, one.School])]);

    /// <summary>Subjects as a list.</summary>
    public static BookSheet Subjects(IEnumerable<ImportedSubject> subjects) => new(
        "学科",
        ["学科", "学科代码"],
        [.. subjects.Select(subject => (IReadOnlyList<BookCell>)[subject.Name, subject.Code])]);

    private static string Weekday(int day) => $"星期{"一二三四五六日"[day - 1]}";

    private static string? Rotation(Rotation rotation) =>
        rotation == Files.Rotation.Every ? null
        : rotation == Files.Rotation.Odd ? "单周"
        : rotation == Files.Rotation.Even ? "双周"
        : $"{rotation.Week}/{rotation.Length}";
}
