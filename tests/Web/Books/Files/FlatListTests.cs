using System.Globalization;
using System.Text;
using Xunke.Web.Books.Files;

namespace Xunke.Tests.Web.Books.Files;

/// <summary>Timetables as lists with a row for each lesson.</summary>
public sealed class FlatListTests
{
    private const string Header = "星期,节次,班级,课程,教师,地点,开始周,结束周,单双周";

    [Fact]
    public void All_columns_are_read()
    {
        Read($"""
            {Header}
            星期一,第1节,七(1)班,语文,张伟,七1教室,1,18,0
            周二,2,七(1)班,数学,李娜,,,,
            3,第三节,七(2)班,物理,赵敏,实验室,3,16,1
            Thu,4,七(2)班,化学,钱进,实验室,3,16,双周
            五,5-6,七(2)班,劳动,孙丽,,2,,单
            """).Lines().ShouldBe([
            "七(1)班 周1 第1节 语文 张伟 @七1教室 1-18周", "七(1)班 周2 第2节 数学 李娜", "七(2)班 周3 第3节 物理 赵敏 @实验室 3-16周 1/2",
            "七(2)班 周4 第4节 化学 钱进 @实验室 3-16周 2/2", "七(2)班 周5 第5节 劳动 孙丽 2-周 1/2", "七(2)班 周5 第6节 劳动 孙丽 2-周 1/2",
        ]);
    }

    [Fact]
    public void Other_headers_in_another_order_below_a_title()
    {
        Read("""
            2026-2027学年第一学期全校课表,,,,,,
            制表：教务处,,,,,,
            序号,年级,班级,科目,任课老师,上课时间,上课周次,场地
            1,三年级,2班,语文,王芳,周一上午第3节,1-16,三2教室
            2,三年级,2班,科学,刘洋,星期二上午第1节,"1-8,10-16",
            3,三年级,1班、2班,体育,陈刚,周三下午第1节,2-16周(双),操场
            """).Lines().ShouldBe([
            "三年级2班 周1 第3节 语文 王芳 @三2教室 1-16周", "三年级2班 周2 第1节 科学 刘洋 1-8周", "三年级2班 周2 第1节 科学 刘洋 10-16周",
            "三年级1班 周3 第4节 体育 陈刚 @操场 2-16周 2/2", "三年级2班 周3 第4节 体育 陈刚 @操场 2-16周 2/2",
        ]);
    }

    [Fact]
    public void English_headers_and_a_list_with_times()
    {
        ImportedTimetable timetable = Read("""
            Day;Period;Class;Subject;Teacher;Room;Start time;End time
            Monday;1;Grade 7 Class 1;Maths;Ann Lee;B201;08:00;08:45
            Tue;2;Grade 7 Class 1;Art;Bo Chen;;08:55;09:40
            """);

        timetable.Lines().ShouldBe(["Grade 7 Class 1 周1 第1节 Maths Ann Lee @B201", "Grade 7 Class 1 周2 第2节 Art Bo Chen"]);
        timetable.Periods.ShouldBe([new(1, new(8, 0), new(8, 45)), new(2, new(8, 55), new(9, 40))]);
    }

    [Fact]
    public void Merged_classes_in_a_workbook_count_for_every_row()
    {
        Timetables.Read(MadeWorkbook.Of(
            "Sheet1",
            """
            班级|星期|节次|课程|教师
            三(1)班|一|1|语文|王　芳
            |一|2|数学|张三、李四
            三(2)班|二|1|英语|-
            """,
            "A2:A3")).Lines().ShouldBe(["三(1)班 周1 第1节 语文 王芳", "三(1)班 周1 第2节 数学 张三、李四", "三(2)班 周2 第1节 英语"]);
    }

    [Fact]
    public void Every_wrong_row_names_its_cell_and_the_reason()
    {
        ImportedTimetable timetable = Read($"""
            {Header}
            星期一,第1节,七(1)班,语文,张伟,,1,18,0
            星期八,第1节,七(1)班,语文,张伟,,1,18,0
            星期二,第21节,七(1)班,语文,张伟,,1,18,0
            星期二,1月2日,七(1)班,语文,张伟,,1,18,0
            星期二,第2节,,语文,张伟,,1,18,0
            星期二,第3节,七(1)班,,张伟,,1,18,0
            星期二,第4节,七(1)班,语文,张伟,,18,1,0
            星期二,第5节,七(1)班,语文,张伟,,一二三,18,0
            星期二,第6节,七(1)班,语文,张伟,,1,18,3
            星期一,第1节,七(1)班,语文,张伟,,3,6,0
            星期三,第1节,七(1)班,=1+1,张伟,,1,18,0
            星期三,第2节,七(1)班,"语"文,张伟,,1,18,0
            星期四,第2节,七(1)班,语文,张伟,,1,18,0
            """);

        timetable.Told().ShouldBe([
            "课表!A3 星期 weekday “星期八” 应为 星期一…星期日 或 1…7 must be Monday to Sunday or 1 to 7",
            "课表!B4 节次 period “第21节” 应为 第1节…第20节 must be 1 to 20",
            "课表!B5 节次 period “1月2日” 像是被表格软件改成的日期 looks like a date made by a spreadsheet",
            "课表!C6 班级 class 为空 is empty",
            "课表!D7 课程 subject 为空 is empty",
            "课表!H8 结束周 1 早于开始周 18 the last week is before the first",
            "课表!G9 周次 weeks “一二三” 应为 1 到 60 must be 1 to 60",
            "课表!I10 单双周 odd or even weeks “3” 应为 单、双 或 0、1、2 must be 0, 1 or 2",
            "课表!D11 与 D2 重复 the same lesson as in D2",
            "课表!D12 课程 subject “=1+1” 不能以 = + - @ 开头，表格软件会当成公式 must not start with = + - @, which a spreadsheet takes for a formula",
            "课表!A13 第 4 列 column 4: 引号有误 misplaced quotes",
        ]);
        timetable.Said().ShouldBe(["七(1)班 周1 第1节 语文 张伟 1-18周", "七(1)班 周4 第2节 语文 张伟 1-18周"]);
    }

    [Fact]
    public void A_district_of_965_rooms_with_40_lessons_is_one_file()
    {
        var text = new StringBuilder(Header + "\r\n");
        for (int room = 0; room < 965; room++)
        {
            for (int lesson = 0; lesson < 40; lesson++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{(lesson / 8) + 1},第{(lesson % 8) + 1}节,{(room % 9) + 1}年级({room})班,语文,教师{room % 300},教室{room},1,18,0\r\n");
            }
        }

        ImportedTimetable timetable = Read(text.ToString());

        timetable.Faults.ShouldBeEmpty();
        timetable.Lessons.Count.ShouldBe(965 * 40);
        timetable.Lessons.DistinctBy(lesson => (lesson.ClassName, lesson.Weekday, lesson.Period)).Count().ShouldBe(965 * 40);
    }

    private static ImportedTimetable Read(string text) =>
        Timetables.Read(Workbook.Read("课表.csv", Encoding.UTF8.GetBytes(text)));
}
