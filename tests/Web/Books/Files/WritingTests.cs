using System.Text;
using CsCheck;
using Xunke.Web.Books.Files;

namespace Xunke.Tests.Web.Books.Files;

/// <summary>What is written is read the same.</summary>
public sealed class WritingTests
{
    private static readonly Gen<string> Word = Gen.OneOf(
        Gen.OneOf("语文", "=SUM(A1)", "+86", "-5", "@x", "'=1", "''-", "1-3", "007", "1.0", "甲,乙", "a;b|c", "说\"话\"", " 空 ", "－全", "𬭎喆",
            "_x000D_", "__x0041_", "TRUE", "2026-09-01", "'", "\"", "\"\"", "第1节"),
        Gen.Char["abc语文数, ;|\"'=+-@_x0\t"].Array[1, 8].Select(letters => new string(letters)));

    private static readonly Gen<BookSheet> Table = Gen.Int[1, 5].SelectMany(columns => Gen.Select(
        Solid.Array[columns], Solid.Array[columns].Array[0, 6], (headers, rows) => Made(headers, rows)));

    // A cell of blanks alone is no cell.
    private static Gen<string> Solid => Word.Where(word => word.Trim().Length > 0);

    [Fact]
    public void Every_table_comes_back_from_a_workbook() => Table.Sample(table => ShouldBeRead(table, "表.xlsx", table.ToXlsx()), iter: 100);

    [Fact]
    public void Every_table_comes_back_from_CSV() => Table.Sample(table => ShouldBeRead(table, "表.csv", table.ToCsv()), iter: 300);

    [Fact]
    public void Signs_that_XML_or_Excel_take_for_their_own_come_back()
    {
        string[] signs = ["\u0001", "一\r\n二", "一\n二", "\uD800x", "a\uFFFF", "x_x0001_"];
        var table = new BookSheet("a/b:c*[d]?'", ["甲"], [.. signs.Select(sign => (IReadOnlyList<BookCell>)[sign])]);

        Sheet sheet = Workbook.Read("表.xlsx", table.ToXlsx()).Sheets.ShouldHaveSingleItem();

        sheet.Name.ShouldBe("abcd");
        Enumerable.Range(1, signs.Length).Select(row => sheet[row, 0]).ShouldBe(signs);
    }

    [Fact]
    public void Numbers_and_dates_are_numbers_and_dates()
    {
        var table = new BookSheet("表", ["数", "日", "空"], [[-5m, new DateOnly(2026, 9, 1), ""], [0.1m, new DateOnly(2000, 2, 29), "有"], [42, new DateOnly(1900, 3, 1), ""]]);

        foreach ((string name, byte[] content) in (ReadOnlySpan<(string, byte[])>)[("表.xlsx", table.ToXlsx()), ("表.csv", table.ToCsv())])
        {
            Sheet sheet = Workbook.Read(name, content).Sheets[0];
            Enumerable.Range(1, 3).Select(row => $"{sheet[row, 0]}|{sheet[row, 1]}|{sheet[row, 2]}").ShouldBe(
                ["-5|2026-09-01|", "0.1|2000-02-29|有", "42|1900-03-01|"]);
        }
    }

    [Fact]
    public void CSV_has_a_mark_and_no_formula()
    {
        byte[] content = new BookSheet("表", ["甲", "乙"], [["=HYPERLINK(\"http://x\")", "@SUM(1)"], ["+1", "-1"]]).ToCsv();

        content[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        Encoding.UTF8.GetString(content[3..]).ShouldBe("甲,乙\r\n\"'=HYPERLINK(\"\"http://x\"\")\",\"'@SUM(1)\"\r\n\"'+1\",\"'-1\"\r\n");
    }

    [Fact]
    public void Every_template_is_read_without_a_fault()
    {
        foreach ((string name, BookSheet template) in BookTemplates.All)
        {
            foreach (byte[] content in (byte[][])[template.ToXlsx(), template.ToCsv()])
            {
                var workbook = Workbook.Read($"{template.Name}.csv", content);
                int read = name is "timetable" or "district-timetable" or "class-grid"
                    ? Timetables.Read(workbook).Lines().Length
                    : RosterReader.Read(workbook) is var roster && roster.Faults.Count == 0
                        ? roster.Teachers.Count + roster.Classes.Count + roster.Rooms.Count + roster.Subjects.Count : 0;
                read.ShouldBe(name == "class-grid" ? 11 : template.Rows.Count, name);
            }
        }
    }

    private static readonly Gen<ImportedLesson> Lesson = Gen.Select(
        Gen.OneOf("三(1)班", "三年级2班", "高一3班", "701班"), Gen.Int[1, 7], Gen.Int[1, 20], Gen.OneOf("语文", "道德与法治", "书法", "C语言"),
        Gen.OneOf<string?>(null, "张伟", "欧阳娜娜", "张伟、李娜"), Gen.OneOf<string?>(null, "301", "操场", "机房(二)"),
        Gen.OneOf<(int?, int?)>((null, null), (1, 18), (3, 3), (5, null), (null, 9)),
        Gen.Int[1, 4].SelectMany(length => Gen.Int[1, length].Select(week => new Rotation(length, week))),
        (name, weekday, period, subject, teacher, room, weeks, rotation) =>
            new ImportedLesson(name, weekday, period, subject, default)
            {
                Teacher = teacher,
                Room = room,
                FirstWeek = weeks.Item1,
                LastWeek = weeks.Item2,
                Rotation = rotation,
            });

    [Fact]
    public void Every_timetable_comes_back_as_it_was() => Lesson.Array[1, 20].Sample(
        lessons =>
        {
            ImportedLesson[] all =
            [
                .. lessons.DistinctBy(lesson => (lesson.ClassName, lesson.Weekday, lesson.Period, lesson.Subject, lesson.Teacher)),
            ];
            BookSheet table = TimetableSheets.List(all);
            foreach (byte[] content in (byte[][])[table.ToXlsx(), table.ToCsv()])
            {
                ImportedTimetable read = Timetables.Read(Workbook.Read("课表.csv", content));
                read.Faults.ShouldBeEmpty();
                read.Lessons.Select(lesson => lesson with { Source = default }).ShouldBe(all);
            }
        },
        iter: 100);

    private static BookSheet Made(string[] headers, string[][] rows) =>
        new("表", headers, [.. rows.Select(row => (IReadOnlyList<BookCell>)[.. row.Select(cell => (BookCell)cell)])]);

    private static void ShouldBeRead(BookSheet table, string name, byte[] content)
    {
        Sheet sheet = Workbook.Read(name, content).Sheets.ShouldHaveSingleItem();
        sheet.Rows.ShouldBe(table.Rows.Count + 1);
        for (int column = 0; column < table.Headers.Count; column++)
        {
            sheet[0, column].ShouldBe(table.Headers[column]);
            for (int row = 0; row < table.Rows.Count; row++)
            {
                sheet[row + 1, column].ShouldBe(table.Rows[row][column].ToString());
            }
        }
    }
}
