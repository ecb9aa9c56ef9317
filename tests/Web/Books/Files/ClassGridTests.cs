using System.Text;
using Xunke.Web.Books.Files;

namespace Xunke.Tests.Web.Books.Files;

/// <summary>A class's timetable as a grid of periods and weekdays.</summary>
public sealed class ClassGridTests
{
    private const string Plain = """
        湖滨小学三年级2班课程表
        节次|星期一|星期二|星期三|星期四|星期五
        1|语文|数学|语文|数学|英语
        2|数学|语文|英语|语文|数学
        3|英语|体育|数学|音乐|语文
        """;

    [Fact]
    public void Periods_down_and_weekdays_across_with_the_class_in_the_title()
    {
        Workbook workbook = MadeWorkbook.Of("Sheet1", Plain, "A1:F1");

        SheetGuess.Of(workbook).ShouldHaveSingleItem().Layout.ShouldBe(SheetLayout.ClassGrid);
        string[] lines = Timetables.Read(workbook).Lines();
        lines.Length.ShouldBe(15);
        lines[..6].ShouldBe([
            "三年级2班 周1 第1节 语文", "三年级2班 周2 第1节 数学", "三年级2班 周3 第1节 语文", "三年级2班 周4 第1节 数学", "三年级2班 周5 第1节 英语",
            "三年级2班 周1 第2节 数学",
        ]);
        lines[^1].ShouldBe("三年级2班 周5 第3节 语文");
    }

    [Fact]
    public void Weekdays_down_and_periods_across()
    {
        Workbook workbook = MadeWorkbook.Of("三(2)班", """
            星期|第一节|第二节|第三节|午休|第四节
            周一|语文|数学|英语|午休|体育
            周二|数学|语文|科学||音乐
            周三|英语|数学|语文|午休|-
            """);

        SheetGuess.Of(workbook).ShouldHaveSingleItem().Layout.ShouldBe(SheetLayout.ClassGridTransposed);
        Timetables.Read(workbook).Lines().ShouldBe([
            "三(2)班 周1 第1节 语文", "三(2)班 周1 第2节 数学", "三(2)班 周1 第3节 英语", "三(2)班 周1 第4节 体育",
            "三(2)班 周2 第1节 数学", "三(2)班 周2 第2节 语文", "三(2)班 周2 第3节 科学", "三(2)班 周2 第4节 音乐",
            "三(2)班 周3 第1节 英语", "三(2)班 周3 第2节 数学", "三(2)班 周3 第3节 语文",
        ]);
    }

    [Fact]
    public void Course_and_teacher_in_one_cell_whatever_stands_between()
    {
        string table = """
            七年级(3)班课表
            节次|周一|周二|周三|周四|周五
            第1节|语文\n张伟|数学（李娜）|王芳 英语|语文/张伟/机房|体育(刘洋) 操场
            第2节|数学\n李娜|语文（张伟）|张伟 语文|数学/李娜|英语王芳
            """;

        Timetables.Read(MadeWorkbook.Of("Sheet1", table)).Lines().ShouldBe([
            "七年级(3)班 周1 第1节 语文 张伟", "七年级(3)班 周2 第1节 数学 李娜", "七年级(3)班 周3 第1节 英语 王芳",
            "七年级(3)班 周4 第1节 语文 张伟 @机房", "七年级(3)班 周5 第1节 体育 刘洋 @操场",
            "七年级(3)班 周1 第2节 数学 李娜", "七年级(3)班 周2 第2节 语文 张伟", "七年级(3)班 周3 第2节 语文 张伟",
            "七年级(3)班 周4 第2节 数学 李娜", "七年级(3)班 周5 第2节 英语 王芳",
        ]);
    }

    [Fact]
    public void Courses_that_change_with_the_week()
    {
        string table = """
            高一(5)班
            节次|周一|周二|周三|周四|周五
            1|语文(单周)/书法(双周)|单：美术 双：音乐|物理 赵敏(单)\n化学 钱进(双)|信息 1-8周\n通用技术 9-16周|班会
            2|数学|语文(1-16周)|英语 第3-10周(双)|数学|生物（1,3,5,7周）
            """;

        Timetables.Read(MadeWorkbook.Of("Sheet1", table)).Lines().ShouldBe([
            "高一(5)班 周1 第1节 语文 1/2", "高一(5)班 周1 第1节 书法 2/2", "高一(5)班 周2 第1节 美术 1/2", "高一(5)班 周2 第1节 音乐 2/2",
            "高一(5)班 周3 第1节 物理 赵敏 1/2", "高一(5)班 周3 第1节 化学 钱进 2/2",
            "高一(5)班 周4 第1节 信息 1-8周", "高一(5)班 周4 第1节 通用技术 9-16周", "高一(5)班 周5 第1节 班会",
            "高一(5)班 周1 第2节 数学", "高一(5)班 周2 第2节 语文 1-16周", "高一(5)班 周3 第2节 英语 3-10周 2/2",
            "高一(5)班 周4 第2节 数学", "高一(5)班 周5 第2节 生物 1-7周 1/2",
        ]);
    }

    [Fact]
    public void Merged_cells_are_double_lessons_and_rows_without_lessons_are_left_out()
    {
        string table = """
            五(1)班课程表||||||
            时间||周一|周二|周三|周四|周五
            |早读|语文|英语|语文|英语|语文
            上午|1|作文|数学|语文|数学|英语
            |2||语文|英语|语文|数学
            |大课间|阳光体育||||
            |3|数学|体育|劳动|音乐|语文
            午休||||||
            下午|4|美术|科学||道法|社团
            |5|美术|写字|班会|科学|社团
            备注：社团活动地点另行通知||||||
            """;

        string[] lines = Timetables.Read(MadeWorkbook.Of(
            "Sheet1", table, "A1:G1", "A4:A7", "C4:C5", "C6:G6", "A8:G8", "A9:A10", "G9:G10", "A11:G11")).Lines();

        lines.Length.ShouldBe(24);
        lines.ShouldContain("五(1)班 周1 第1节 作文");
        lines.ShouldContain("五(1)班 周1 第2节 作文");
        lines.ShouldContain("五(1)班 周5 第4节 社团");
        lines.ShouldContain("五(1)班 周5 第5节 社团");
        lines.ShouldNotContain("五(1)班 周3 第4节 班会");
    }

    [Theory]
    [InlineData("上午|1", "上午|2", "下午|1", "下午|2")]
    [InlineData("上午|第一节", "|第二节", "下午|第三节", "|第四节")]
    [InlineData("|上午第1节", "|上午第2节", "|下午第1节", "|下午第2节")]
    [InlineData("|８：００—８：４０", "|8:50-9:30", "|14：00～14：40", "|14:50-15:30")]
    [InlineData("|第１节\\n8:00-8:40", "|第２节\\n8:50-9:30", "|第３节\\n14:00-14:40", "|第４节\\n14:50-15:30")]
    public void Periods_however_they_are_named(params string[] periods)
    {
        string table = "三年级1班\n||星期一|星期二|星期三|星期四|星期五\n"
            + string.Join('\n', periods.Select((period, i) => $"{period}|语文|数学|英语|体育|课{i + 1}"));

        ImportedTimetable timetable = Timetables.Read(MadeWorkbook.Of("Sheet1", table));

        timetable.Lines().Where(line => line.Contains("周5", StringComparison.Ordinal)).ShouldBe([
            "三年级1班 周5 第1节 课1", "三年级1班 周5 第2节 课2", "三年级1班 周5 第3节 课3", "三年级1班 周5 第4节 课4",
        ]);
        if (periods[0].Contains('0', StringComparison.Ordinal) || periods[0].Contains('０', StringComparison.Ordinal))
        {
            timetable.Periods.ShouldBe([
                new(1, new(8, 0), new(8, 40)), new(2, new(8, 50), new(9, 30)),
                new(3, new(14, 0), new(14, 40)), new(4, new(14, 50), new(15, 30)),
            ]);
        }
    }

    [Fact]
    public void Full_width_and_half_width_letters_are_the_same()
    {
        string table = """
            三（２）班　课程表
            节　次|星期一|星期 二|星期三|星 期四|星期五
            第１节|语　文|数学（张三）|ＰＥ|音乐(李四)|美术
            """;

        string[] lines = Timetables.Read(MadeWorkbook.Of("Sheet1", table)).Lines();

        lines.ShouldBe([
            "三(2)班 周1 第1节 语文", "三(2)班 周2 第1节 数学 张三", "三(2)班 周3 第1节 PE", "三(2)班 周4 第1节 音乐 李四", "三(2)班 周5 第1节 美术",
        ]);
    }

    [Fact]
    public void Several_grids_in_one_sheet_below_and_beside_each_other()
    {
        string table = """
            三(1)班课程表||||||||三(2)班课程表|||||
            节次|周一|周二|周三|周四|周五|||节次|周一|周二|周三|周四|周五
            1|语文|数学|语文|英语|数学|||1|数学|语文|英语|语文|数学
            2|数学|语文|体育|语文|美术|||2|语文|音乐|数学|数学|语文
            |||||||||||||
            三(3)班课程表||||||||三(4)班课程表|||||
            节次|周一|周二|周三|周四|周五|||节次|周一|周二|周三|周四|周五
            1|语文|语文|数学|英语|数学|||1|英语|语文|英语|语文|数学
            """;
        Workbook workbook = MadeWorkbook.Of("三年级", table, "A1:F1", "I1:N1", "A6:F6", "I6:N6");

        SheetGuess.Of(workbook).Select(guess => (guess.OwnerName, guess.Region.ToString())).ShouldBe([
            ("三(1)班", "A2:F4"), ("三(2)班", "G2:N4"), ("三(3)班", "A7:F8"), ("三(4)班", "G7:N8"),
        ], ignoreOrder: false);
        ImportedTimetable timetable = Timetables.Read(workbook);
        timetable.Lines().Length.ShouldBe(30);
        timetable.Said().ShouldContain("三(4)班 周1 第1节 英语");
        timetable.Said().ShouldContain("三(2)班 周2 第2节 音乐");
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("gb18030", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    public void A_grid_in_text_is_read_in_every_encoding_that_is_sure(string encoding, bool mark)
    {
        string table = Plain.Replace('|', encoding == "utf-16" ? '\t' : ',');

        Timetables.Read(Workbook.Read("三年级2班.csv", SchoolsFile.Bytes(table, encoding, mark))).Lines().Length.ShouldBe(15);
    }

    [Fact]
    public void The_class_may_be_the_name_of_the_file()
    {
        string table = string.Join('\n', Plain.Split('\n').Skip(1)).Replace('|', ',');

        Timetables.Read(Workbook.Read("四(2)班课表.csv", Encoding.UTF8.GetBytes(table))).Said()[0].ShouldBe("四(2)班 周1 第1节 语文");
    }

    [Fact]
    public void A_grid_of_no_known_class_says_so_once_for_each_cell_and_a_person_can_name_it()
    {
        string table = string.Join('\n', Plain.Split('\n').Skip(1));
        Workbook workbook = MadeWorkbook.Of("Sheet1", table);

        Timetables.Read(workbook).Told()[0].ShouldBe(
            "Sheet1!B2 不知道是哪个班的课表，请写在标题里或另选 whose timetable it is cannot be told: the title names no class");
        SheetChoice guess = SheetGuess.Of(workbook).ShouldHaveSingleItem();
        Timetables.Read(workbook, [guess with { OwnerName = "三年级7班" }]).Lines()[0].ShouldBe("三年级7班 周1 第1节 语文");
    }

    [Fact]
    public void A_wrong_cell_is_named_and_the_others_are_read()
    {
        string table = """
            三年级2班课程表
            节次|星期一|星期二|星期三|星期四|星期五
            1|语文 张伟|数学 李娜|语文/书法|数学 李娜|英语 王芳
            2026-01-02|数学 李娜|语文 张伟|英语 王芳|语文 张伟|数学 李娜
            第30节|语文 张伟|||||
            3|#N/A|李娜|数学 李娜|||
            """;

        ImportedTimetable timetable = Timetables.Read(MadeWorkbook.Of("课表", table));

        timetable.Told().ShouldBe([
            "课表!D3 “语文/书法” 一格里有两门课 two subjects in one cell: “语文”, “书法”；请写明单双周，如 语文(单周)/书法(双周) say which weeks",
            "课表!A4 节次 period “2026-01-02” 像是被表格软件改成的日期 looks like a date made by a spreadsheet",
            "课表!A5 看不懂节次 period cannot be read: “第30节”",
            "课表!B6 “#N/A” 是表格软件的错误值 is an error value of a spreadsheet",
            "课表!C6 没有课程 no subject: “李娜”",
        ]);
        timetable.Lessons.Count.ShouldBe(5);
    }

    [Fact]
    public void What_a_person_marked_is_used_for_the_next_file_of_the_same_form()
    {
        const string other = """
            四年级1班课程表
            教师一览见背面
            节次|星期一|星期二|星期三|星期四|星期五
            1|数学|语文|数学|语文|英语
            """;
        SheetChoice marked = SheetGuess.Of(MadeWorkbook.Of("Sheet1", Plain)).Single();
        marked = marked with { Region = new(marked.Region.From, new(marked.Region.To.Row, marked.Region.To.Column - 1)) };
        Workbook next = MadeWorkbook.Of("Sheet1", other);
        SheetChoice guess = SheetGuess.Of(next).Single();

        guess.Signature.ShouldBe(marked.Signature);
        Timetables.Read(next, [marked.MovedTo(guess)]).Lines().ShouldBe([
            "四年级1班 周1 第1节 数学", "四年级1班 周2 第1节 语文", "四年级1班 周3 第1节 数学", "四年级1班 周4 第1节 语文",
        ]);
    }
}
