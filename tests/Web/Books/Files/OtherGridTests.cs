using Xunke.Web.Books.Files;

namespace Xunke.Tests.Web.Books.Files;

/// <summary>Grids of teachers, rooms and whole schools.</summary>
public sealed class OtherGridTests
{
    [Fact]
    public void A_teacher_s_grid_names_the_classes_in_its_cells()
    {
        Workbook workbook = new MadeWorkbook()
            .Sheet("张伟", """
                张伟老师课程表
                节次|周一|周二|周三|周四|周五
                1|三(1)班 语文|三(2)班 语文||三(1)班 语文|
                2|三(2)班 语文||三(1)班 阅读|三(1)、三(2)班 写字|
                """)
            .Sheet("李娜", """
                教师：李娜    学科：数学
                节次|周一|周二|周三|周四|周五
                1|数学\n四(1)班\n机房|||数学\n四(2)班|
                """)
            .Read("教师课表.xlsx");

        SheetGuess.Of(workbook).Select(guess => (guess.Layout, guess.OwnerName))
            .ShouldBe([(SheetLayout.TeacherGrid, "张伟"), (SheetLayout.TeacherGrid, "李娜")]);
        Timetables.Read(workbook).Lines().ShouldBe([
            "三(1)班 周1 第1节 语文 张伟", "三(2)班 周2 第1节 语文 张伟", "三(1)班 周4 第1节 语文 张伟", "三(2)班 周1 第2节 语文 张伟",
            "三(1)班 周3 第2节 阅读 张伟", "三(1) 周4 第2节 写字 张伟", "三(2)班 周4 第2节 写字 张伟",
            "四(1)班 周1 第1节 数学 李娜 @机房", "四(2)班 周4 第1节 数学 李娜",
        ]);
    }

    [Fact]
    public void A_teacher_s_subject_may_stand_in_the_title_alone()
    {
        Timetables.Read(MadeWorkbook.Of("Sheet1", """
            教师：李娜    学科：数学
            节次|周一|周二|周三|周四|周五
            1|四(1)班||四(2)班||四(1)班
            """)).Lines().ShouldBe(["四(1)班 周1 第1节 数学 李娜", "四(2)班 周3 第1节 数学 李娜", "四(1)班 周5 第1节 数学 李娜"]);
    }

    [Fact]
    public void A_room_s_grid_names_classes_and_teachers()
    {
        Timetables.Read(MadeWorkbook.Of("Sheet1", """
            计算机教室使用安排
            节次|周一|周二|周三|周四|周五
            1|五(1)班 信息 赵敏|五(2)班 信息 赵敏||五(3)班 信息 钱进|
            """)).Lines().ShouldBe([
            "五(1)班 周1 第1节 信息 赵敏 @计算机教室", "五(2)班 周2 第1节 信息 赵敏 @计算机教室", "五(3)班 周4 第1节 信息 钱进 @计算机教室",
        ]);
    }

    private const string School = """
        湖滨小学2026-2027学年第一学期总课程表
        班级|星期一|||星期二|||星期三||
        |1|2|3|1|2|3|1|2|3
        三(1)班|语文|数学|英语|数学|语文|体育|语文|语文|音乐
        三(2)班|数学|语文|美术|语文|数学|英语|英语|数学|语文
        """;

    [Theory]
    [InlineData("A1:J1", "B2:D2", "E2:G2", "H2:J2", "A2:A3")]
    [InlineData("A1:J1")]
    public void A_whole_school_has_a_row_for_each_class_with_or_without_merged_weekdays(params string[] merged)
    {
        Workbook workbook = MadeWorkbook.Of("Sheet1", School, merged);

        SheetGuess.Of(workbook).ShouldHaveSingleItem().Layout.ShouldBe(SheetLayout.SchoolGrid);
        string[] lines = Timetables.Read(workbook).Lines();
        lines.Length.ShouldBe(18);
        lines[..4].ShouldBe(["三(1)班 周1 第1节 语文", "三(1)班 周1 第2节 数学", "三(1)班 周1 第3节 英语", "三(1)班 周2 第1节 数学"]);
        lines[^1].ShouldBe("三(2)班 周3 第3节 语文");
    }

    [Fact]
    public void A_whole_school_counts_the_afternoon_on_and_joins_grade_and_class()
    {
        ImportedTimetable timetable = Timetables.Read(MadeWorkbook.Of("Sheet1", """
            年级|班级|星期一||||星期二||||星期三|||
            ||上午||下午||上午||下午||上午||下午|
            ||1|2|1|2|1|2|1|2|1|2|1|2
            三年级|1班|语文 张伟|数学 李娜|体育|班会|数学 李娜|语文 张伟|美术|社团||||
            |2班|数学 李娜|语文 张伟|音乐|班会|语文 张伟|数学 李娜|劳动|社团||||科学 刘洋
            """, "C1:F1", "G1:J1", "K1:N1", "C2:D2", "E2:F2", "G2:H2", "I2:J2", "K2:L2", "M2:N2", "A4:A5"));

        timetable.Lines()[..4].ShouldBe(["三年级1班 周1 第1节 语文 张伟", "三年级1班 周1 第2节 数学 李娜", "三年级1班 周1 第3节 体育", "三年级1班 周1 第4节 班会"]);
        timetable.Said()[^1].ShouldBe("三年级2班 周3 第4节 科学 刘洋");
    }

    [Fact]
    public void A_whole_school_with_weekday_and_period_in_one_header()
    {
        Workbook workbook = MadeWorkbook.Of("Sheet1", """
            班级|周一第1节|周一第2节|周二第1节|周二第2节|周三第1节
            701班|语文|数学|英语|体育|历史
            702班|数学|语文|地理|英语|生物
            """);

        SheetGuess.Of(workbook).ShouldHaveSingleItem().Layout.ShouldBe(SheetLayout.SchoolGrid);
        Timetables.Read(workbook).Lines()[..6].ShouldBe([
            "701班 周1 第1节 语文", "701班 周1 第2节 数学", "701班 周2 第1节 英语", "701班 周2 第2节 体育", "701班 周3 第1节 历史", "702班 周1 第1节 数学",
        ]);
    }

    [Fact]
    public void A_whole_school_with_a_column_for_each_class()
    {
        Workbook workbook = MadeWorkbook.Of("Sheet1", """
            高一年级总课表|||||
            星期|节次|高一(1)班|高一(2)班|高一(3)班|高一(4)班
            星期一|1|语文\n张伟|数学\n李娜|英语\n王芳|物理\n赵敏
            |2|数学\n李娜|语文\n张伟|物理\n赵敏|英语\n王芳
            星期二|1|英语\n王芳|物理\n赵敏|语文\n张伟|数学\n李娜
            |2|物理\n赵敏|英语\n王芳|数学\n李娜|语文\n张伟
            星期三|1|班会|班会|班会|班会
            """, "A1:F1", "A3:A4", "A5:A6");

        SheetGuess.Of(workbook).ShouldHaveSingleItem().Layout.ShouldBe(SheetLayout.SchoolGridTransposed);
        string[] lines = Timetables.Read(workbook).Lines();
        lines.Length.ShouldBe(20);
        lines[4..7].ShouldBe(["高一(1)班 周1 第2节 数学 李娜", "高一(2)班 周1 第2节 语文 张伟", "高一(3)班 周1 第2节 物理 赵敏"]);
        lines[^1].ShouldBe("高一(4)班 周3 第1节 班会");
    }

    [Fact]
    public void All_teachers_have_a_row_each()
    {
        Workbook workbook = MadeWorkbook.Of("Sheet1", """
            姓名|学科|星期一||星期二||星期三|
            ||1|2|1|2|1|2
            张伟|语文|三(1)班|三(2)班||三(1)班||三(2)班
            李娜|数学||三(1)班|三(2)班||三(1)班|
            """, "C1:D1", "E1:F1", "G1:H1");

        SheetGuess.Of(workbook).ShouldHaveSingleItem().Layout.ShouldBe(SheetLayout.AllTeachersGrid);
        Timetables.Read(workbook).Lines().ShouldBe([
            "三(1)班 周1 第1节 语文 张伟", "三(2)班 周1 第2节 语文 张伟", "三(1)班 周2 第2节 语文 张伟", "三(2)班 周3 第2节 语文 张伟",
            "三(1)班 周1 第2节 数学 李娜", "三(2)班 周2 第1节 数学 李娜", "三(1)班 周3 第1节 数学 李娜",
        ]);
    }

    [Fact]
    public void Weekdays_of_one_sign_are_told_from_periods()
    {
        Timetables.Read(MadeWorkbook.Of("六(2)班", """
            |一|二|三|四|五
            一|语文|数学|语文|数学|英语
            二|数学|语文|英语|语文|体育
            """)).Lines()[4..6].ShouldBe(["六(2)班 周5 第1节 英语", "六(2)班 周1 第2节 数学"]);
    }

    [Fact]
    public void A_wrong_class_row_of_a_whole_school_is_named()
    {
        ImportedTimetable timetable = Timetables.Read(MadeWorkbook.Of("总表", School + "\n#REF!|语文|||||||||", "B2:D2", "E2:G2", "H2:J2"));

        timetable.Told().ShouldBe(["总表!B6 班级 class “#REF!” 是表格软件的错误值 is an error value of a spreadsheet"]);
        timetable.Lessons.Count.ShouldBe(18);
    }

    [Fact]
    public void A_workbook_with_a_sheet_for_each_class_is_one_timetable()
    {
        var book = new MadeWorkbook();
        foreach (string name in (string[])["一(1)班", "一(2)班", "说明"])
        {
            book.Sheet(name, name == "说明" ? "使用说明\n请勿改动表头" : "节次|星期一|星期二|星期三|星期四|星期五\n1|语文|数学|语文|数学|音乐");
        }

        Timetables.Read(book.Read("全校.xlsx")).Lines().Length.ShouldBe(10);
    }

    [Fact]
    public void A_file_without_any_timetable_says_what_is_missing() =>
        Should.Throw<Xunke.Web.Books.FileRefusedException>(() => Timetables.Read(MadeWorkbook.Of("Sheet1", "姓名|电话\n张三|138")))
            .Message.ShouldStartWith("没有找到课表：需要写有星期的表头");
}
