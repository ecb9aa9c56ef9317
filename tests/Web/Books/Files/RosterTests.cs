using System.Text;
using Xunke.Web.Books;
using Xunke.Web.Books.Files;

namespace Xunke.Tests.Web.Books.Files;

/// <summary>Lists of teachers, classes and subjects.</summary>
public sealed class RosterTests
{
    [Fact]
    public void Teachers_with_titles_above_and_other_words_for_the_columns()
    {
        ImportedRoster roster = RosterReader.Read(MadeWorkbook.Of("教师", """
            湖滨小学教师名册||||
            序号|教师姓名|职工号|任教学科|所在学校
            1|张　伟|T001|语文、道法|湖滨小学
            2|买买提·吐尔逊|T002|体育|湖滨小学
            3|李娜|-|数学|
            """, "A1:E1"));

        roster.Faults.ShouldBeEmpty();
        roster.Teachers.Select(one => $"{one.Name} {one.Number} {string.Join('+', one.Subjects)} {string.Join('+', one.Schools)}".TrimEnd()).ShouldBe([
            "张伟 T001 语文+道法 湖滨小学", "买买提·吐尔逊 T002 体育 湖滨小学", "李娜  数学",
        ]);
    }

    [Fact]
    public void Classes_in_GB18030_with_merged_grades_and_numbers_with_units()
    {
        ImportedRoster roster = RosterReader.Read(Workbook.Read("班级.csv", SchoolsFile.Bytes(
            "年级,班级,人数,教室\r\n三年级,1班,42人,三楼301\r\n三年级,（２）班,41,302\r\n,四(1)班,,\r\n", "gb18030")));

        roster.Faults.ShouldBeEmpty();
        roster.Classes.Select(one => (one.Name, one.Grade, one.Pupils, one.Room)).ShouldBe([
            ("三年级1班", "三年级", 42, "三楼301"), ("三年级(2)班", "三年级", 41, "302"), ("四(1)班", null, null, null),
        ]);
    }

    [Fact]
    public void Subjects_and_several_sheets_at_once()
    {
        ImportedRoster roster = RosterReader.Read(new MadeWorkbook().Sheet("学科", "学科代码|学科\nYW|语文\nSX|数学").Sheet("班级", "班级|人数\n一(1)班|40")
            .Read("名册.xlsx"));

        roster.Subjects.Select(one => (one.Code, one.Name)).ShouldBe([("YW", "语文"), ("SX", "数学")]);
        roster.Classes.ShouldHaveSingleItem().Pupils.ShouldBe(40);
    }

    [Fact]
    public void Wrong_rows_name_sheet_cell_and_reason()
    {
        RosterReader.Read(new MadeWorkbook()
            .Sheet("教师", "姓名|工号\n张伟|T001\n|T002\n李娜|T001\n王芳|1.2E+10\n#N/A|T009")
            .Sheet("班级", "班级|人数\n一(1)班|140\n一(2)班|四十\n一(3)班|40\n一（3）班|41")
            .Read("名册.xlsx")).Faults.Select(fault => $"{fault.Sheet}!{fault.Cell} {fault.Reason}").ShouldBe([
            "教师!A3 姓名 name 为空 is empty",
            "教师!B4 与第 2 行重复 is also in row 2",
            "教师!B5 工号 number “1.2E+10” 像是被表格软件改成的数字 looks like a number made by a spreadsheet",
            "教师!A6 姓名 name “#N/A” 是表格软件的错误值 is an error value of a spreadsheet",
            "班级!B2 人数 pupils “140” 应为 1 到 100 must be 1 to 100",
            "班级!B3 人数 pupils “四十” 应为 1 到 100 must be 1 to 100",
            "班级!A5 与第 4 行重复 is also in row 4",
        ]);
    }

    [Fact]
    public void A_list_of_pupils_is_refused() =>
        Should.Throw<FileRefusedException>(() => RosterReader.Read(
            Workbook.Read("学生.csv", Encoding.UTF8.GetBytes("姓名,学号,班级\n王小明,2026001,三(2)班\n"))))
            .Message.ShouldBe("这是学生名单（学生!B1 “学号”），本系统不保存学生 a list of pupils: no pupil is kept here");

    [Fact]
    public void A_file_without_a_list_says_what_is_missing() =>
        Should.Throw<FileRefusedException>(() => RosterReader.Read(MadeWorkbook.Of("表", "甲|乙\n1|2"))).Message.ShouldStartWith("没有找到名册");
}
