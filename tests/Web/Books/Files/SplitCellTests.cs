using Xunke.Web.Books.Files;

namespace Xunke.Tests.Web.Books.Files;

/// <summary>Grids in which a lesson has several cells, or headers say more than they need.</summary>
public sealed class SplitCellTests
{
    [Theory]
    [InlineData("A3:A4", "A5:A6")]
    [InlineData]
    public void Teachers_in_the_row_below_the_subjects(params string[] merged)
    {
        Timetables.Read(MadeWorkbook.Of("Sheet1", """
            五(2)班课程表
            节次|星期一|星期二|星期三|星期四|星期五
            1|语文|数学|体育|英语|语文
            |张伟|李娜|陈刚|王芳|张伟
            2|数学|语文|英语||音乐
            |李娜|张伟|王芳||赵敏
            """, merged)).Lines().ShouldBe([
            "五(2)班 周1 第1节 语文 张伟", "五(2)班 周2 第1节 数学 李娜", "五(2)班 周3 第1节 体育 陈刚", "五(2)班 周4 第1节 英语 王芳",
            "五(2)班 周5 第1节 语文 张伟", "五(2)班 周1 第2节 数学 李娜", "五(2)班 周2 第2节 语文 张伟", "五(2)班 周3 第2节 英语 王芳",
            "五(2)班 周5 第2节 音乐 赵敏",
        ]);
    }

    [Fact]
    public void Teachers_in_the_column_beside_the_subjects()
    {
        Timetables.Read(MadeWorkbook.Of("八(1)班", """
            节次|周一||周二||周三|
            |课程|教师|课程|教师|课程|教师
            1|语文|张伟|数学|李娜|物理|赵敏
            2|数学|李娜|语文|张伟|体育|陈刚
            """, "B1:C1", "D1:E1", "F1:G1", "A1:A2")).Lines()[..4].ShouldBe([
            "八(1)班 周1 第1节 语文 张伟", "八(1)班 周2 第1节 数学 李娜", "八(1)班 周3 第1节 物理 赵敏", "八(1)班 周1 第2节 数学 李娜",
        ]);
    }

    [Fact]
    public void Teachers_below_the_subjects_of_a_whole_school()
    {
        Timetables.Read(MadeWorkbook.Of("Sheet1", """
            班级|星期一||星期二||星期三|
            |1|2|1|2|1|2
            701|语文|数学|英语|体育|历史|生物
            |张伟|李娜|王芳|陈刚|孙丽|周红
            702|数学|语文|体育|英语|生物|历史
            |李娜|张伟|陈刚|王芳|周红|孙丽
            """, "B1:C1", "D1:E1", "F1:G1", "A3:A4", "A5:A6")).Lines()[5..8].ShouldBe([
            "701 周3 第2节 生物 周红", "702 周1 第1节 数学 李娜", "702 周1 第2节 语文 张伟",
        ]);
    }

    [Fact]
    public void Class_teachers_beside_the_classes_are_not_the_teachers_of_the_lessons()
    {
        string[] lines = Timetables.Read(MadeWorkbook.Of("Sheet1", """
            |班主任|周一第1节|周一第2节|周二第1节|周三第1节
            三(1)班|张伟|语文|数学|英语|体育
            三(2)班|李娜|数学|语文|体育|英语
            """)).Lines();

        lines.Length.ShouldBe(8);
        lines[0].ShouldBe("三(1)班 周1 第1节 语文");
    }

    [Fact]
    public void Headers_in_two_languages_and_subjects_with_groups()
    {
        Timetables.Read(MadeWorkbook.Of("Grade 7", """
            班级：七(6)班
            节次 Period|星期一 Monday|星期二 Tuesday|星期三 Wednesday
            第1节 Period 1|体育(男) 陈刚|英语A 王芳|数学 李娜
            第2节 Period 2|体育(女) 孙丽|物理实验 赵敏 B203|语文 张伟
            """)).Lines().ShouldBe([
            "七(6)班 周1 第1节 体育(男) 陈刚", "七(6)班 周2 第1节 英语A 王芳", "七(6)班 周3 第1节 数学 李娜",
            "七(6)班 周1 第2节 体育(女) 孙丽", "七(6)班 周2 第2节 物理实验 赵敏 @B203", "七(6)班 周3 第2节 语文 张伟",
        ]);
    }

    [Fact]
    public void Classes_left_of_the_weekdays_and_periods_across()
    {
        string[] lines = Timetables.Read(MadeWorkbook.Of("Sheet1", """
            湖滨中学七年级课程表
            班级|星期|第1节|第2节|第3节
            1班|星期一|语文|数学|英语
            |星期二|数学|语文|英语
            |星期三|英语|语文|体育
            2班|星期一|数学|语文|英语
            |星期二|语文|数学|英语
            """, "A3:A5", "A6:A7")).Lines();

        lines.Length.ShouldBe(15);
        lines[8..10].ShouldBe(["七年级1班 周3 第3节 体育", "七年级2班 周1 第1节 数学"]);
    }

    [Fact]
    public void Weeks_beside_the_time_of_a_lesson() => Timetables.Read(MadeWorkbook.Of("Sheet1", """
        课程名称|教师|上课班级|上课时间
        语文|张伟|七1班|周一1-2节
        数学|李娜|七1班|星期二 第3节(单周)
        英语|王芳|七1班|周三第3、4节{第1-16周}
        """)).Lines().ShouldBe([
        "七1班 周1 第1节 语文 张伟", "七1班 周1 第2节 语文 张伟", "七1班 周2 第3节 数学 李娜 1/2",
        "七1班 周3 第3节 英语 王芳 1-16周", "七1班 周3 第4节 英语 王芳 1-16周",
    ]);

    [Fact]
    public void The_same_lesson_on_two_sheets_is_told_with_the_sheet()
    {
        const string table = "节次|周一|周二|周三\n1|语文|数学|英语";

        Timetables.Read(new MadeWorkbook().Sheet("一(1)班", table).Sheet("一(1)班 旧", table).Read("课表.xlsx")).Told()[0]
            .ShouldBe("一(1)班 旧!B2 与 一(1)班!B2 重复 the same lesson as in 一(1)班!B2");
    }
}
