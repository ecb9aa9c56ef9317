using System.Text;
using Xunke.Web.Books;
using Xunke.Web.Books.Files;

namespace Xunke.Tests.Web.Books.Files;

/// <summary>Timetables that programs write: CSES, aSc, Untis.</summary>
public sealed class OtherFormatTests
{
    private const string CsesTwo = """
        version: 2
        configuration:
          name: 高三（12）班课表
          description: 2026年下学期
          cycle:
            work_count: 11
            rest_count: 3
            spans:
              - { activity: work, count: 6 }
              - { activity: rest, count: 1 }
              - { activity: work, count: 5 }
              - { activity: rest, count: 2 }
        subjects:
          - { name: 数学, simplified_name: 数, teacher: 李梅, location: "101" }
          - name: 语文
            teacher: 王芳
          - name: 物理
        schedules:
          - name: 星期一
            enable_day: [1, 7]
            classes:
              - { subject: 早读, start_time: "07:30:00", end_time: "07:50:00" }
              - { subject: 数学, start_time: "08:00:00", end_time: "08:40:00" }
              - { subject: 语文, start_time: "08:50:00", end_time: "09:30:00" }
          - name: 星期二-单周
            enable_day: [2]
            classes:
              - { subject: 物理, start_time: "08:50:00", end_time: "09:30:00" }
          - name: 星期二-双周
            enable_day: [8]
            classes:
              - { subject: 数学, start_time: "08:50:00", end_time: "09:30:00" }
          - name: 星期六
            enable_day: [6]
            classes:
              - { subject: 物理, start_time: "08:00:00", end_time: "08:40:00" }
        """;

    [Fact]
    public void CSES_2_with_a_cycle_of_two_weeks()
    {
        TimetableFile file = Read("课表.yaml", CsesTwo);

        file.Format.ShouldBe("CSES");
        file.Timetable.Lines().ShouldBe([
            "高三(12)班 周1 第1节 数学 李梅 @101", "高三(12)班 周1 第2节 语文 王芳", "高三(12)班 周2 第2节 物理 1/2",
            "高三(12)班 周2 第2节 数学 李梅 @101 2/2", "高三(12)班 周6 第1节 物理 1/2",
        ]);
        file.Timetable.Periods.ShouldBe([new(1, new(8, 0), new(8, 40)), new(2, new(8, 50), new(9, 30))]);
    }

    [Fact]
    public void CSES_1_with_odd_and_even_weeks_is_of_the_class_in_its_name()
    {
        Read("七(3)班.yaml", """
            version: 1
            subjects:
              - { name: 语文, teacher: 张伟, room: 201 }
            schedules:
              - name: 周一
                enable_day: 1
                weeks: all
                classes: [{ subject: 语文, start_time: "08:00:00", end_time: "08:45:00" }]
              - name: 周二单
                enable_day: tue
                weeks: odd
                classes: [{ subject: 书法, start_time: 8:00, end_time: 8:45 }]
            """).Timetable.Lines().ShouldBe(["七(3)班 周1 第1节 语文 张伟 @201", "七(3)班 周2 第1节 书法 1/2"]);
    }

    [Fact]
    public void CSES_faults_name_the_line()
    {
        string text = CsesTwo.Replace("enable_day: [8]", "enable_day: [12]").Replace("\"08:40:00\" }\n      - { subject: 语文", "\"07:40:00\" }\n      - { subject: 语文");

        Read("课表.yaml", text).Timetable.Told().ShouldBe([
            "课表.yaml!line 23 “数学” 的时间有误 wrong times: 08:00:00 – 07:40:00",
            "课表.yaml!line 30 enable_day “12” 不在周期里 is not a day of the cycle",
        ]);
    }

    [Theory]
    [InlineData("a: &x [1]\nsubjects: *x\nschedules: []", "YAML aliases are not read: line 2")]
    [InlineData("subjects: []\nschedules: [[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]", "nested too deeply")]
    [InlineData("subjects: []\nschedules: {", "YAML is wrong in line")]
    [InlineData("subjects: []\nschedules: 7", "没有 schedules")]
    [InlineData("version: 2\nconfiguration: {name: x, cycle: {spans: [{activity: work, count: 3}, {activity: rest, count: 1}]}}\nsubjects: []\nschedules: []", "CSES 周期为 4 天，应为 1 到 4 个整周")]
    [InlineData("version: 2\nconfiguration: {name: x, cycle: {spans: [{activity: work, count: 35}]}}\nsubjects: []\nschedules: []", "CSES 周期为 35 天")]
    public void Bad_YAML_is_refused(string text, string words) =>
        Should.Throw<FileRefusedException>(() => Read("课表.yml", text)).Message.ShouldContain(words);

    private const string Asc = """
        <?xml version="1.0" encoding="UTF-8"?>
        <timetable ascttversion="2024.1">
          <periods><period name="1" period="1" starttime="8:00" endtime="8:45"/><period period="2" starttime="8:55" endtime="9:40"/></periods>
          <subjects><subject id="S1" name="语文" short="语"/><subject id="S2" name="物理"/></subjects>
          <teachers><teacher id="T1" name="张伟"/><teacher id="T2" name="赵敏"/></teachers>
          <classrooms><classroom id="R1" name="实验室"/></classrooms>
          <classes><class id="C1" name="高一(1)班"/><class id="C2" name="高一(2)班"/></classes>
          <lessons>
            <lesson id="L1" classids="C1" subjectid="S1" teacherids="T1" classroomids="" periodspercard="1"/>
            <lesson id="L2" classids="C1,C2" subjectid="S2" teacherids="T1,T2" classroomids="R1" periodspercard="2"/>
            <lesson id="L3" classids="" subjectid="S1" teacherids="T1" periodspercard="1"/>
          </lessons>
          <cards>
            <card lessonid="L1" classroomids="" period="1" weeks="1" terms="1" days="10000"/>
            <card lessonid="L1" classroomids="R1" period="2" weeks="10" terms="11" days="01010"/>
            <card lessonid="L2" classroomids="" period="3" weeks="01" terms="01" days="00001"/>
            <card lessonid="L3" classroomids="" period="5" weeks="1" terms="1" days="10000"/>
          </cards>
        </timetable>
        """;

    [Fact]
    public void The_XML_of_aSc_with_its_masks_of_days_weeks_and_terms()
    {
        TimetableFile file = Read("asc.xml", Asc);

        file.Format.ShouldBe("aSc XML");
        file.Timetable.Lines().ShouldBe([
            "高一(1)班 周1 第1节 语文 张伟", "高一(1)班 周2 第2节 语文 张伟 @实验室 1/2", "高一(1)班 周4 第2节 语文 张伟 @实验室 1/2",
            "高一(1)班 周5 第3节 物理 张伟、赵敏 @实验室 2/2", "高一(2)班 周5 第3节 物理 张伟、赵敏 @实验室 2/2",
            "高一(1)班 周5 第4节 物理 张伟、赵敏 @实验室 2/2", "高一(2)班 周5 第4节 物理 张伟、赵敏 @实验室 2/2",
        ]);
        file.Timetable.Lessons.Select(lesson => lesson.Term).ShouldBe([null, null, null, 2, 2, 2, 2]);
        file.Timetable.Skipped.ShouldBe(1);
        file.Timetable.Periods.Count.ShouldBe(2);
    }

    [Fact]
    public void Double_lessons_of_aSc_with_a_card_for_each_period_are_not_doubled_again()
    {
        string text = Asc.Replace("days=\"00001\"/>", "days=\"00001\"/><card lessonid=\"L2\" period=\"4\" weeks=\"01\" terms=\"01\" days=\"00001\"/>");

        Read("asc.xml", text).Timetable.Lines().Count(line => line.Contains("物理", StringComparison.Ordinal)).ShouldBe(4);
    }

    [Fact]
    public void Wrong_cards_of_aSc_name_the_line()
    {
        string text = Asc.Replace("period=\"1\" weeks=\"1\" terms=\"1\" days=\"10000\"", "period=\"0\" weeks=\"1\" days=\"10000\"")
            .Replace("weeks=\"10\"", "weeks=\"10101\"").Replace("<card lessonid=\"L2\"", "<card lessonid=\"L9\"");

        Read("asc.xml", text).Timetable.Told().ShouldBe([
            "asc.xml!line 14 节次 period “0” 应为 must be 1 to 20",
            "asc.xml!line 15 weeks “10101” 应为最多 4 位的 0 和 1 must be at most 4 of 0 and 1",
            "asc.xml!line 16 没有这节课 there is no such lesson: “L9”",
        ]);
    }

    [Fact]
    public void XML_with_a_document_type_is_refused()
    {
        string text = Asc.Replace("<timetable ", "<!DOCTYPE timetable [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<timetable ");

        Should.Throw<FileRefusedException>(() => Read("asc.xml", text)).Message.ShouldBe("XML 含有 DTD 或太大 the XML has a document type or is too large");
        Should.Throw<FileRefusedException>(() => Read("asc.xml", Asc[..^20])).Message.ShouldContain("the XML is wrong in line");
        Should.Throw<FileRefusedException>(() => Read("x.xml", "<?xml version=\"1.0\"?><other/>")).Message.ShouldContain("这是 XML 文件，不是表格");
    }

    [Theory]
    [InlineData(",", "gb18030")]
    [InlineData(";", "utf-8")]
    public void GPU001_of_Untis(string separator, string encoding)
    {
        string text = """
            11,"初一1班","张伟","语文","201",1,1,,
            12,"初一1班","李娜","数学","201",1,2,2,
            13,"初一1班~初一2班","陈刚","体育","操场",5,4,,
            14,,"陈刚","值班","",5,5,,
            15,"初一2班","李娜","数学","",8,1,,
            16,"初一2班","李娜","数学","",1,0,,
            """.Replace(",", separator, StringComparison.Ordinal);
        var file = TimetableFile.Read("GPU001.TXT", SchoolsFile.Bytes(text, encoding));

        file.Format.ShouldBe("Untis GPU001");
        file.Timetable.Said().ShouldBe([
            "初一1班 周1 第1节 语文 张伟 @201", "初一1班 周1 第2节 数学 李娜 @201", "初一1班 周1 第3节 数学 李娜 @201",
            "初一1班 周5 第4节 体育 陈刚 @操场", "初一2班 周5 第4节 体育 陈刚 @操场",
        ]);
        file.Timetable.Told().ShouldBe([
            "GPU001.TXT!line 5 星期 weekday “8” 应为 must be 1 to 7", "GPU001.TXT!line 6 节次 period “0” 应为 must be 1 to 20",
        ]);
        file.Timetable.Skipped.ShouldBe(1);
    }

    [Fact]
    public void A_workbook_without_a_timetable_comes_back_so_that_a_person_can_mark_one()
    {
        var file = TimetableFile.Read("表.xlsx", new MadeWorkbook().Sheet("一", "甲|乙\n语文|数学").Bytes());

        file.Workbook.ShouldNotBeNull().Sheets.Count.ShouldBe(1);
        file.Choices.ShouldBeEmpty();
        file.Timetable.Told().ShouldHaveSingleItem().ShouldStartWith("一! 没有找到课表");
    }

    [Fact]
    public void A_remembered_choice_is_used_for_the_same_form()
    {
        const string table = "节次|周一|周二|周三\n1|语文|数学|英语";
        SheetChoice marked = SheetGuess.Of(MadeWorkbook.Of("表", "七(1)班课表\n" + table)).Single();
        var asked = new List<string>();

        var file = TimetableFile.Read("下.xlsx", new MadeWorkbook().Sheet("七(2)班", table).Bytes(), signature =>
        {
            asked.Add(signature);
            return marked with { Left = [new(0, SheetFact.Period)] };
        });

        asked.ShouldBe([marked.Signature]);
        file.Timetable.Lines().ShouldBe(["七(2)班 周1 第1节 语文", "七(2)班 周2 第1节 数学", "七(2)班 周3 第1节 英语"]);
    }

    private static TimetableFile Read(string name, string text) => TimetableFile.Read(name, Encoding.UTF8.GetBytes(text));
}
