namespace Xunke.Web.Books.Files;

/// <summary>Reads the timetables of a workbook.</summary>
internal static class Timetables
{
    /// <summary>What is said of a workbook in which nothing looks like a timetable.</summary>
    public const string NotFound =
        "没有找到课表：需要写有星期的表头，或“星期、节次、班级、课程”各列 no timetable was found: a header with weekdays is needed, "
        + "or columns for weekday, period, class and subject";

    /// <summary>Reads the tables that were chosen.</summary>
    /// <param name="workbook">The workbook.</param>
    /// <param name="choices">What its tables are: a guess, a person's, or what a person chose for an earlier file.</param>
    public static ImportedTimetable Read(Workbook workbook, IReadOnlyList<SheetChoice> choices)
    {
        var timetable = new TimetableBuilder();
        foreach (SheetChoice choice in choices.Where(choice => !choice.LeftOut))
        {
            Sheet? sheet = workbook.Sheets.FirstOrDefault(sheet => sheet.Name == choice.Sheet);
            if (sheet is null)
            {
                timetable.Fault(new FileSource(choice.Sheet, string.Empty), "没有这张工作表 there is no such sheet");
            }
            else if (choice.IsList)
            {
                new ListReader(sheet, choice, timetable).Read();
            }
            else
            {
                new GridReader(sheet, choice, timetable).Read();
            }
        }

        return timetable.Build();
    }

    /// <summary>Reads what can be recognised without help.</summary>
    /// <exception cref="FileRefusedException">No sheet looks like a timetable.</exception>
    public static ImportedTimetable Read(Workbook workbook)
    {
        IReadOnlyList<SheetChoice> choices = SheetGuess.Of(workbook);
        return choices.Count > 0
            ? Read(workbook, choices)
            : throw new FileRefusedException(NotFound);
    }
}
