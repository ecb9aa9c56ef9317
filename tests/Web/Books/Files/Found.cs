using Xunke.Web.Books.Files;

namespace Xunke.Tests.Web.Books.Files;

/// <summary>What was read, in short lines.</summary>
internal static class Found
{
    /// <summary>Such as "三(2)班 周1 第2节 语文 张三 @301 3-16周 2/2"; of a timetable without faults.</summary>
    public static string[] Lines(this ImportedTimetable timetable)
    {
        timetable.Faults.ShouldBeEmpty();
        return timetable.Said();
    }

    public static string[] Said(this ImportedTimetable timetable) => [.. timetable.Lessons.Select(Line)];

    public static string[] Told(this ImportedTimetable timetable) =>
        [.. timetable.Faults.Select(fault => $"{fault.Sheet}!{fault.Cell} {fault.Reason}")];

    private static string Line(ImportedLesson lesson) =>
        $"{lesson.ClassName} 周{lesson.Weekday} 第{lesson.Period}节 {lesson.Subject}"
        + (lesson.Teacher is null ? null : $" {lesson.Teacher}")
        + (lesson.Room is null ? null : $" @{lesson.Room}")
        + (lesson.FirstWeek is null && lesson.LastWeek is null ? null : $" {lesson.FirstWeek}-{lesson.LastWeek}周")
        + (lesson.Rotation == Rotation.Every ? null : $" {lesson.Rotation.Week}/{lesson.Rotation.Length}");
}
