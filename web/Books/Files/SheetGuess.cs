namespace Xunke.Web.Books.Files;

/// <summary>Guesses which tables of a workbook are timetables and how they are laid out. A person may correct every guess.</summary>
internal static class SheetGuess
{
    private const int RowsLookedAt = 30;
    private const int FewestColumns = 3;

    /// <summary>The guesses for all sheets that people see; several where a sheet has several tables.</summary>
    public static IReadOnlyList<SheetChoice> Of(Workbook workbook) =>
        [.. workbook.Sheets.Where(sheet => !sheet.Hidden && sheet.Rows > 0).SelectMany(sheet => Of(sheet, workbook.Name))];

    /// <summary>Where a person begins with a sheet in which nothing was found: all of it, with periods down and weekdays across.</summary>
    public static SheetChoice Blank(Sheet sheet, string file)
    {
        var all = new CellRange(new CellAddress(0, 0), new CellAddress(Math.Max(0, sheet.Rows - 1), Math.Max(0, sheet.Columns - 1)));
        return new SheetChoice(sheet.Name, all)
        {
            Top = [new HeaderLine(0, SheetFact.Weekday)],
            Left = [new HeaderLine(0, SheetFact.Period)],
            Owner = SheetFact.Class,
            OwnerName = Places.FindClass(sheet.Name) ?? Places.FindClass(Path.GetFileNameWithoutExtension(file)),
            Signature = SheetSignature.OfSheet(sheet),
            Found = all,
        };
    }

    private static IEnumerable<SheetChoice> Of(Sheet sheet, string file)
    {
        IReadOnlyList<SheetChoice> found = List(sheet) is { } list ? [list] : new GridGuess(sheet, file).Find();
        return found.Select(choice => choice with { Signature = SheetSignature.Of(sheet, choice), Found = choice.Region });
    }

    private static SheetChoice? List(Sheet sheet)
    {
        for (int row = 0; row < Math.Min(sheet.Rows, RowsLookedAt); row++)
        {
            var columns = new List<HeaderLine>();
            for (int column = 0; column < sheet.Columns; column++)
            {
                if (ListHeaders.Find(sheet.Filled(row, column)) is var fact and not SheetFact.Nothing
                    && !columns.Exists(known => known.Fact == fact))
                {
                    columns.Add(new HeaderLine(column, fact));
                }
            }

            bool Has(SheetFact fact) => columns.Exists(column => column.Fact == fact);
            if (columns.Count >= FewestColumns && Has(SheetFact.Subject)
                && ((Has(SheetFact.Weekday) && Has(SheetFact.Period)) || (Has(SheetFact.WeekdayAndPeriod) && Has(SheetFact.Class))))
            {
                int first = columns[0].Offset;
                var region = new CellRange(new CellAddress(row, first), new CellAddress(sheet.Rows - 1, sheet.Columns - 1));
                return new SheetChoice(sheet.Name, region)
                {
                    IsList = true,
                    Top = [new HeaderLine(0, SheetFact.Nothing)],
                    Left = [.. columns.Select(column => column with { Offset = column.Offset - first })],
                    OwnerName = Has(SheetFact.Class) ? null : Places.FindClass(Title(sheet, row)),
                    Owner = Has(SheetFact.Class) ? SheetFact.Nothing : SheetFact.Class,
                };
            }
        }

        return null;
    }

    private static string Title(Sheet sheet, int before) =>
        string.Join(
            ' ',
            Enumerable.Range(0, before).SelectMany(row => Enumerable.Range(0, sheet.Columns).Select(column => sheet[row, column])))
        + ' ' + sheet.Name;
}
