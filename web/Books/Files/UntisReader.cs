using System.Globalization;
using Xunke.Web.Text;

namespace Xunke.Web.Books.Files;

/// <summary>Reads GPU001.TXT of Untis: lesson, class, teacher, subject, room, day, period, length, without a header.</summary>
internal static class UntisReader
{
    private const int FewestFields = 7;
    private const int Day = 5;
    private const int Period = 6;
    private const int Length = 7;
    private const int LongestLesson = 10;

    private static readonly Column[] Expected = [.. "语文 数学 英语 体育 音乐 美术 班 年级".Split(' ').Select(word => new Column(word, word))];

    /// <summary>Whether a table looks like this file: days and periods where they should be.</summary>
    public static bool IsIn(Sheet sheet)
    {
        int rows = Math.Min(sheet.Rows, 20);
        return rows > 0 && Enumerable.Range(0, rows).Count(row => IsNumber(sheet[row, 0], 0, int.MaxValue)
            && IsNumber(sheet[row, Day], 1, 7) && IsNumber(sheet[row, Period], 0, ImportedLesson.MostPeriods)) > rows / 2;
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileRefusedException">It is no text, or in an encoding that is not sure.</exception>
    public static ImportedTimetable Read(string name, byte[] content, FileLimits? limits = null)
    {
        limits ??= FileLimits.Default;
        string text = BookText.From(content, Expected).Text;
        (char separator, string rest) = Separator.FindByShape(text);
        string sheet = Path.GetFileName(name);
        var into = new TimetableBuilder();
        foreach (CsvRow row in CsvRows.Read(rest, separator).Take(limits.Rows))
        {
            string line = $"line {row.Number}";
            if (row.Fault is not null)
            {
                into.Fault(new FileSource(sheet, line), row.Fault);
            }
            else if (row.Fields.Any(field => PlainText.Trim(field).Length > 0))
            {
                ReadRow(row.Fields, new FileSource(sheet, line), into);
            }
        }

        return into.Build();
    }

    private static void ReadRow(string[] fields, FileSource source, TimetableBuilder into)
    {
        string Field(int place) => place < fields.Length ? Words.Name(fields[place]) : string.Empty;
        if (fields.Length < FewestFields)
        {
            into.Fault(source, $"列太少 too few fields: {fields.Length}；应为 课号,班级,教师,课程,教室,星期,节次 lesson, class, teacher, subject, room, day, period");
        }
        else if (Field(1).Length == 0)
        {
            into.Skip();
        }
        else if (!IsNumber(Field(Day), 1, 7))
        {
            into.Fault(source, $"星期 weekday “{PlainText.Show(Field(Day))}” 应为 must be 1 to 7");
        }
        else if (!IsNumber(Field(Period), 1, ImportedLesson.MostPeriods))
        {
            into.Fault(source, $"节次 period “{PlainText.Show(Field(Period))}” 应为 must be 1 to {ImportedLesson.MostPeriods}");
        }
        else if (Field(3).Length == 0)
        {
            into.Fault(source, "课程 subject 为空 is empty");
        }
        else
        {
            int first = int.Parse(Field(Period), CultureInfo.InvariantCulture);
            int length = IsNumber(Field(Length), 1, LongestLesson) ? int.Parse(Field(Length), CultureInfo.InvariantCulture) : 1;
            // Classes that are taught together stand in one field, with "~" or "," between.
            foreach (string className in Field(1).Split(['~', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                for (int period = first; period < first + length && period <= ImportedLesson.MostPeriods; period++)
                {
                    into.Add(new ImportedLesson(className, int.Parse(Field(Day), CultureInfo.InvariantCulture), period, Field(3), source)
                    {
                        Teacher = Field(2) is { Length: > 0 } teacher ? teacher : null,
                        Room = Field(4) is { Length: > 0 } room ? room : null,
                    });
                }
            }
        }
    }

    private static bool IsNumber(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most;
}
