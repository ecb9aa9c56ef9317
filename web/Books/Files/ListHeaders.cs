namespace Xunke.Web.Books.Files;

/// <summary>How lists name their columns.</summary>
internal static class ListHeaders
{
    private static readonly Dictionary<string, SheetFact> Known = Names(
        (SheetFact.Weekday, "星期 星期几 周几 上课星期 weekday day dayofweek"),
        (SheetFact.Period, "节次 节 第几节 上课节次 课节 节课 课时 period hour slot lesson"),
        (SheetFact.WeekdayAndPeriod, "上课时间 时间 星期节次 时间节次 课时安排 时段"),
        (SheetFact.Class, "班级 上课班级 行政班 教学班 班级名称 班名 班 任教班级 授课班级 class classname studentssets"),
        (SheetFact.Grade, "年级 年级名称 grade"),
        (SheetFact.Subject, "课程 科目 学科 课程名称 课程名 课名 任教学科 subject course"),
        (SheetFact.Teacher, "教师 任课教师 老师 授课教师 任课老师 教师姓名 授课老师 上课教师 主讲教师 teacher teachers"),
        (SheetFact.Room, "地点 教室 上课地点 场地 房间 上课教室 教学场所 场所 授课地点 room location place classroom"),
        (SheetFact.FirstWeek, "开始周 起始周 起周 周次 上课周次 起止周 周数 上课周 教学周 firstweek startweek weeks week"),
        (SheetFact.LastWeek, "结束周 终止周 止周 截止周 lastweek endweek"),
        (SheetFact.Rotation, "单双周 单双 周类型 周型 单双周标志 oddeven rotation parity"),
        (SheetFact.School, "学校 学校名称 校名 所在学校 所属学校 开课学校 school schoolname"),
        (SheetFact.Start, "开始时间 上课开始时间 start starttime"),
        (SheetFact.End, "结束时间 下课时间 end endtime"));

    /// <summary>What a column says by its header, in Chinese, English or both; Nothing: it is not known.</summary>
    public static SheetFact Find(string header)
    {
        string key = string.Concat(Words.Key(header).Where(char.IsLetterOrDigit));
        return Known.TryGetValue(key, out SheetFact fact)
            || Known.TryGetValue(string.Concat(key.Where(letter => !char.IsAscii(letter))), out fact)
            || Known.TryGetValue(string.Concat(key.Where(char.IsAscii)), out fact) ? fact : SheetFact.Nothing;
    }

    private static Dictionary<string, SheetFact> Names(params (SheetFact Fact, string Names)[] facts) =>
        facts.SelectMany(fact => fact.Names.Split(' ').Select(name => (name, fact.Fact))).ToDictionary(one => one.name, one => one.Fact);
}
