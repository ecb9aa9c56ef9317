using System.Text;
using Xunke.Web.Books;
using Xunke.Web.Books.Files;

namespace Xunke.Tests.Web.Books.Files;

/// <summary>Files as schools send them, with all that stands around a timetable. Each is read right, or the wrong cell is named.</summary>
public sealed class LifelikeFilesTests
{
    [Fact]
    public void Three_titles_above_and_notes_below()
    {
        string[] lines = Timetables.Read(MadeWorkbook.Of("Sheet1", """
            云龙区实验小学|||||
            2026—2027学年度第一学期课程表|||||
            班级：五年级3班　　班主任：周敏|||||2026年9月1日起执行
            节次|星期一|星期二|星期三|星期四|星期五
            第一节|语文|数学|语文|数学|英语
            第二节|数学|语文|英语|语文|数学
            注：1.周三下午教研活动，学生按时离校。|||||
            2.课后服务另见安排表。|||||
            教务处制|||||
            """, "A1:F1", "A2:F2", "A7:F7", "A8:F8")).Lines();

        lines.Length.ShouldBe(10);
        lines[0].ShouldBe("五年级3班 周1 第1节 语文");
    }

    [Fact]
    public void Parts_of_the_day_beside_Chinese_numerals_and_rows_that_are_no_lessons()
    {
        string[] lines = Timetables.Read(MadeWorkbook.Of("一(4)班", """
            时间||星期一|星期二|星期三|星期四|星期五
            早读|8:00-8:15|语文|英语|语文|英语|语文
            上午|第一节|语文|数学|语文|数学|语文
            |第二节|数学|语文|数学|语文|数学
            |大课间|||||
            |第三节|体育|音乐|美术|体育|英语
            午休||||||
            下午|第四节|道法|劳动|科学|音乐|班队
            |第五节|写字|美术|书法|道法|体育
            课后服务|16:10-17:40|托管|社团|托管|社团|托管
            """, "A3:A6", "A8:A9", "C5:G5", "A7:G7")).Lines();

        lines.Length.ShouldBe(25);
        lines.ShouldContain("一(4)班 周1 第5节 写字");
        lines.ShouldNotContain(line => line.Contains("托管", StringComparison.Ordinal));
    }

    [Fact]
    public void Classes_below_one_another_each_with_its_own_title()
    {
        ImportedTimetable timetable = Timetables.Read(MadeWorkbook.Of("六年级", """
            六（1）班课程表|||||
            |一|二|三|四|五
            1|语文|数学|语文|英语|数学
            2|数学|语文|体育|语文|美术
            |||||
            六（2）班课程表|||||
            |一|二|三|四|五
            1|数学|语文|英语|语文|数学
            2|语文|音乐|数学|数学|语文
            |||||
            六（3）班课程表|||||
            |一|二|三|四|五
            1|英语|语文|英语|语文|数学
            2|语文|科学|数学|数学|语文
            """, "A1:F1", "A6:F6", "A11:F11"));

        timetable.Lines().Length.ShouldBe(30);
        timetable.Said().ShouldContain("六(3)班 周2 第2节 科学");
        timetable.Said().ShouldContain("六(2)班 周2 第2节 音乐");
    }

    [Fact]
    public void A_teachers_grid_with_classes_in_its_cells()
    {
        Workbook workbook = MadeWorkbook.Of("张伟", """
            教师课程表　姓名：张伟　任教：数学|||||
            节次|星期一|星期二|星期三|星期四|星期五
            1|三(1)班||三(2)班||三(1)班
            2||三(1)班|||三(2)班
            3|三(2)班||三(1)班|三(2)班|
            """, "A1:F1");

        SheetGuess.Of(workbook).ShouldHaveSingleItem().Layout.ShouldBe(SheetLayout.TeacherGrid);
        string[] lines = Timetables.Read(workbook).Lines();
        lines.Length.ShouldBe(8);
        lines[0].ShouldBe("三(1)班 周1 第1节 数学 张伟");
    }

    [Fact]
    public void A_whole_school_with_its_class_teachers_beside_the_classes()
    {
        string[] lines = Timetables.Read(MadeWorkbook.Of("总课表", """
            铜山区第三小学总课程表|||||||||
            班级|班主任|星期一||星期二||星期三||备注
            ||1|2|1|2|1|2|
            一(1)班|孙丽|语文|数学|数学|语文|语文|音乐|
            一(2)班|陈刚|数学|语文|语文|数学|数学|体育|
            二(1)班|赵敏|语文|数学|数学|语文|语文|科学|
            """, "A1:I1", "C2:D2", "E2:F2", "G2:H2", "A2:A3", "B2:B3", "I2:I3")).Lines();

        lines.Length.ShouldBe(18);
        lines[0].ShouldBe("一(1)班 周1 第1节 语文");
        lines[^1].ShouldBe("二(1)班 周3 第2节 科学");
    }

    [Fact]
    public void Course_teacher_and_room_in_one_cell_in_four_ways()
    {
        Timetables.Read(MadeWorkbook.Of("七(2)班", """
            节次|周一|周二|周三|周四|周五
            1|语文\n张三|语文（张三）|语文/张三/301|语文 张三|语文·张三
            2|体育(单) 王强\n美术(双) 李四|数学\n李娜|数学（李娜）|数学/李娜/302|数学 李娜
            """)).Lines().ShouldBe([
            "七(2)班 周1 第1节 语文 张三", "七(2)班 周2 第1节 语文 张三", "七(2)班 周3 第1节 语文 张三 @301",
            "七(2)班 周4 第1节 语文 张三", "七(2)班 周5 第1节 语文 张三",
            "七(2)班 周1 第2节 体育 王强 1/2", "七(2)班 周1 第2节 美术 李四 2/2", "七(2)班 周2 第2节 数学 李娜",
            "七(2)班 周3 第2节 数学 李娜", "七(2)班 周4 第2节 数学 李娜 @302", "七(2)班 周5 第2节 数学 李娜",
        ]);
    }

    [Fact]
    public void Full_width_digits_and_blanks_everywhere()
    {
        string[] lines = Timetables.Read(MadeWorkbook.Of("Ｓｈｅｅｔ１", """
            四年级（１２）班　课　程　表|||||
            节　次|星期一|星期二|星期三|星期四|星期五
            第１节|语　文|数　学|英　语|体　育|音　乐
            第２节|数　学|语　文|语　文|数　学|英　语
            """, "A1:F1")).Lines();

        lines.Length.ShouldBe(10);
        lines[0].ShouldBe("四年级(12)班 周1 第1节 语文");
    }

    [Fact]
    public void Weekdays_and_periods_in_English()
    {
        string[] lines = Timetables.Read(MadeWorkbook.Of("Grade 3 Class 2", """
            Period|Mon|Tue|Wed|Thu|Fri
            Period 1|Chinese|Maths|Chinese|Maths|English
            Period 2|Maths|Chinese|English|Chinese|Maths
            Lunch|||||
            Period 3|PE|Music|Art|PE|Science
            """)).Said();

        lines.Length.ShouldBe(15);
        lines[^1].ShouldEndWith("周5 第3节 Science");
    }

    [Fact]
    public void Weekdays_with_dates_below_them()
    {
        string[] lines = Timetables.Read(MadeWorkbook.Of("八(1)班", """
            第三周课表|||||
            节次|星期一\n9月14日|星期二\n9月15日|星期三\n9月16日|星期四\n9月17日|星期五\n9月18日
            1|物理|数学|语文|英语|地理
            2|数学|物理|英语|语文|生物
            """, "A1:F1")).Lines();

        lines.Length.ShouldBe(10);
        lines[0].ShouldBe("八(1)班 周1 第1节 物理");
    }

    [Fact]
    public void A_list_in_GB18030_with_semicolons_and_other_words_for_its_columns()
    {
        ImportedTimetable timetable = Timetables.Read(Workbook.Read("排课结果.csv", SchoolsFile.Bytes(
            "行政班;周几;第几节;课程名称;任课老师;上课地点;单双周\r\n高一(3)班;1;1;语文;欧阳晓;A301;\r\n高一(3)班;1;2;信息技术;刘洋;机房;单\r\n"
            + "高一(3)班;1;2;通用技术;高远;实训室;双\r\n", "gb18030")));

        timetable.Lines().ShouldBe([
            "高一(3)班 周1 第1节 语文 欧阳晓 @A301", "高一(3)班 周1 第2节 信息技术 刘洋 @机房 1/2",
            "高一(3)班 周1 第2节 通用技术 高远 @实训室 2/2",
        ]);
    }

    [Fact]
    public void A_list_in_UTF_16_whose_times_are_in_one_column()
    {
        ImportedTimetable timetable = Timetables.Read(Workbook.Read("课表.txt", SchoolsFile.Bytes(
            "教学班\t课程\t教师\t上课时间\t地点\r\n高二(1)班\t物理\t赵敏\t周一第3-4节{1-16周}\t理化楼201\r\n高二(1)班\t化学\t钱进\t周二第1节{2-16周(双)}\t\r\n",
            "utf-16", mark: true)));

        timetable.Lines().ShouldBe([
            "高二(1)班 周1 第3节 物理 赵敏 @理化楼201 1-16周", "高二(1)班 周1 第4节 物理 赵敏 @理化楼201 1-16周",
            "高二(1)班 周2 第1节 化学 钱进 2-16周 2/2",
        ]);
    }

    [Fact]
    public void A_list_of_the_district_names_the_school_of_each_lesson()
    {
        ImportedTimetable timetable = Timetables.Read(MadeWorkbook.Of("课表", """
            学校|班级|星期|节次|课程|教师
            湖滨小学|三(1)班|星期一|第1节|语文|张伟
            第三中学|三(1)班|星期一|第1节|数学|王芳
            第三中学|三(1)班|星期一|第1节|数学|王芳
            """));

        timetable.Lessons.Select(lesson => lesson.School).ShouldBe(["湖滨小学", "第三中学"]);
        timetable.Told().ShouldBe(["课表!E4 与 E3 重复 the same lesson as in E3"]);
    }

    [Fact]
    public void Two_classes_that_have_a_lesson_together_have_it_each()
    {
        Timetables.Read(MadeWorkbook.Of("合班", """
            星期|节次|班级|课程|教师
            周五|6|三(1)班、三(2)班|体育|王强
            """)).Lines().ShouldBe(["三(1)班 周5 第6节 体育 王强", "三(2)班 周5 第6节 体育 王强"]);
    }

    [Fact]
    public void The_use_of_a_room()
    {
        Workbook workbook = MadeWorkbook.Of("录播教室使用安排", """
            录播教室使用安排表|||||
            节次|星期一|星期二|星期三|星期四|星期五
            1|三(1)班 语文 张伟||三(2)班 数学 李娜||
            2||四(1)班 英语 王芳||五(2)班 科学 刘洋|
            """, "A1:F1");

        SheetGuess.Of(workbook).ShouldHaveSingleItem().Layout.ShouldBe(SheetLayout.RoomGrid);
        Timetables.Read(workbook).Lines()[0].ShouldBe("三(1)班 周1 第1节 语文 张伟 @录播教室");
    }

    [Fact]
    public void Double_periods_that_are_one_row_each()
    {
        string[] lines = Timetables.Read(MadeWorkbook.Of("高三(1)班", """
            节次|周一|周二|周三|周四|周五
            第1-2节|语文|数学|英语|物理|化学
            第3-4节|数学|语文|物理|英语|生物
            """)).Lines();

        lines.Length.ShouldBe(20);
        lines.ShouldContain("高三(1)班 周5 第4节 生物");
    }

    [Fact]
    public void Weekdays_down_whose_mornings_and_afternoons_are_two_rows_above()
    {
        string[] lines = Timetables.Read(MadeWorkbook.Of("二(3)班", """
            |上午|||下午||
            |1|2|3|1|2|3
            星期一|语文|数学|英语|体育|音乐|班会
            星期二|数学|语文|科学|美术|劳动|社团
            星期三|英语|数学|语文|体育|道法|社团
            """, "B1:D1", "E1:G1")).Lines();

        lines.Length.ShouldBe(18);
        lines.ShouldContain("二(3)班 周2 第6节 社团");
    }

    [Fact]
    public void Hidden_sheets_of_last_year_are_left_alone()
    {
        var book = new MadeWorkbook().Sheet("三(1)班", "节次|周一|周二|周三|周四|周五\n1|语文|数学|语文|数学|音乐")
            .SheetXml(
                "去年",
                "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>节次</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>周一</t></is></c></row>",
                state: "hidden");

        Timetables.Read(book.Read("课表.xlsx")).Lines().Length.ShouldBe(5);
    }

    [Fact]
    public void Sundays_and_odd_rows_between_the_lessons()
    {
        string[] lines = Timetables.Read(MadeWorkbook.Of("初三(2)班", """
            节次|周一|周二|周三|周四|周五|周六
            1|语文|数学|英语|物理|化学|自习
            眼保健操||||||
            2|数学|语文|物理|英语|体育|测验
            晚自习|语文|数学|英语|物理|化学|
            """)).Lines();

        lines.Length.ShouldBe(12);
        lines.ShouldContain("初三(2)班 周6 第2节 测验");
    }

    [Theory]
    [InlineData("周八", "周八")]
    [InlineData("", "星期")]
    public void A_list_with_a_weekday_that_is_none_names_the_cell(string weekday, string said)
    {
        ImportedTimetable timetable = Timetables.Read(MadeWorkbook.Of("课表", $"""
            班级|星期|节次|课程
            三(1)班|{weekday}|1|语文
            三(1)班|周一|1|数学
            """));

        timetable.Told().Single().ShouldStartWith("课表!B2 ");
        timetable.Told().Single().ShouldContain(said);
        timetable.Lessons.Count.ShouldBe(1);
    }

    [Fact]
    public void A_date_that_was_a_period_and_an_error_value_are_named_with_their_cells()
    {
        ImportedTimetable timetable = Timetables.Read(MadeWorkbook.Of("课表", """
            班级|星期|节次|课程|教师
            三(1)班|周一|1月2日|语文|张伟
            三(1)班|周二|1|#REF!|张伟
            三(1)班|周三|25|语文|张伟
            |周四|1|语文|张伟
            三(1)班|周五|1|语文|张伟
            """));

        timetable.Told().Select(fault => fault.Split(' ')[0]).ShouldBe(["课表!C2", "课表!D3", "课表!C4", "课表!A5"]);
        timetable.Lessons.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("big5", "編碼")]
    [InlineData("shift_jis", "編碼")]
    public void Text_in_an_encoding_that_is_not_sure_is_refused(string encoding, string _)
    {
        byte[] content = SchoolsFile.Bytes("班級,星期,節次,課程\r\n三年級一班,星期一,1,國語\r\n三年級二班,星期二,2,數學課\r\n", encoding);

        Should.Throw<FileRefusedException>(() => TimetableFile.Read("課表.csv", content)).Message.Length.ShouldBeGreaterThan(10);
    }

    [Theory]
    [InlineData("<html><body><table><tr><td>星期一</td></tr></table></body></html>")]
    [InlineData("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1 old workbook")]
    [InlineData("%PDF-1.4 scanned timetable")]
    public void What_only_looks_like_a_workbook_is_refused_with_what_to_do(string content)
    {
        string said = Should.Throw<FileRefusedException>(
            () => TimetableFile.Read("课表.xls", Encoding.Latin1.GetBytes(content))).Message;

        (said.Contains("另存为", StringComparison.Ordinal) || said.Contains("要 Excel 文件", StringComparison.Ordinal)).ShouldBeTrue(said);
    }

    [Fact]
    public void A_sheet_without_a_timetable_is_no_failure_but_is_told_and_can_be_marked()
    {
        var file = TimetableFile.Read("说明.xlsx", new MadeWorkbook().Sheet("说明", "尊敬的家长|您好\n明天|放假").Bytes());

        file.Choices.ShouldBeEmpty();
        file.Timetable.Faults.Single().Reason.ShouldStartWith("没有找到课表");
    }
}
