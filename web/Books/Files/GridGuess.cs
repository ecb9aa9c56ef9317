namespace Xunke.Web.Books.Files;

/// <summary>Finds the grids of a sheet: by the rows, or else the columns, that name the weekdays.</summary>
internal sealed class GridGuess(Sheet sheet, string file)
{
    private const int FewestDays = 3;

    /// <summary>All grids, from top to bottom and left to right.</summary>
    public IReadOnlyList<SheetChoice> Find()
    {
        WeekdayLine[] lines = [.. WeekdayLine.Rows(sheet)];
        if (lines.Length == 0)
        {
            return WeekdayLine.Columns(sheet) is { } column && Transposed(column) is { } transposed ? [transposed] : [];
        }

        var grids = new List<SheetChoice>();
        int titleFrom = 0;
        foreach ((int index, WeekdayLine line) in lines.Index())
        {
            int last = index + 1 < lines.Length ? LastBefore(lines[index + 1].Place) : sheet.Rows - 1;
            foreach (WeekdayLine side in line.Sides())
            {
                grids.Add(Upright(side, titleFrom, last));
            }

            titleFrom = last + 1;
        }

        return grids;
    }

    // The rows between two grids that have one cell at most are blank or the title of the second.
    private int LastBefore(int weekdays)
    {
        int row = weekdays - 1;
        while (row > 0 && Enumerable.Range(0, sheet.Columns).Select(column => sheet.RangeAt(row, column))
            .Distinct().Count(range => Has(range.From.Row, range.From.Column)) <= 2
            && PeriodLabel.Parse(sheet.Filled(row, 0)) is null && PeriodLabel.Parse(sheet.Filled(row, 1)) is null)
        {
            row--;
        }

        return row;
    }

    private SheetChoice Upright(WeekdayLine line, int titleFrom, int last)
    {
        int row = line.Place;
        IEnumerable<string> Below(int offset) =>
            Enumerable.Range(line.First, line.Last - line.First + 1).Select(column => sheet.Filled(row + offset, column));
        List<HeaderLine> top = [new(0, line.Combined ? SheetFact.WeekdayAndPeriod : SheetFact.Weekday)];
        for (int offset = 1; offset <= 2 && !line.Combined && row + offset <= last; offset++)
        {
            SheetFact kind = HeaderKinds.Of(Below(offset));
            if (kind is SheetFact.PartOfDay or SheetFact.Times
                || (kind == SheetFact.Period && Below(offset).Count(IsPeriod) >= FewestDays))
            {
                top.Add(new HeaderLine(offset, kind));
            }
            else if (Below(offset).Where(word => word.Length > 0).All(IsPartOfCell) && Below(offset).Any(IsPartOfCell))
            {
                top.Add(new HeaderLine(offset, SheetFact.Cell));
            }
            else
            {
                break;
            }
        }

        bool periodsOnTop = line.Combined || top.Exists(header => header.Fact is SheetFact.Period or SheetFact.Times);
        int firstRow = row + top[^1].Offset + 1;
        List<HeaderLine> left = Left(line.Before, line.First - 1, firstRow, last, periodsOnTop, row);
        var region = new CellRange(new CellAddress(row, line.Before), new CellAddress(Math.Max(last, row), line.Last));
        return Finish(new SheetChoice(sheet.Name, region) { Top = top, Left = left }, titleFrom);
    }

    private List<HeaderLine> Left(int from, int to, int firstRow, int lastRow, bool periodsOnTop, int headerRow)
    {
        var left = new List<HeaderLine>();
        for (int column = from; column <= to; column++)
        {
            string[] words = [.. Enumerable.Range(firstRow, Math.Max(0, lastRow - firstRow + 1))
                .Where(row => sheet.RangeAt(row, column).Columns <= to - from + 1).Select(row => sheet.Filled(row, column))];
            SheetFact kind = HeaderKinds.Of(words);
            SheetFact named = ListHeaders.Find(sheet.Filled(headerRow, column));
            kind = named is SheetFact.Class or SheetFact.Teacher or SheetFact.Subject or SheetFact.Room or SheetFact.Grade ? named
                : !periodsOnTop && named == SheetFact.Period ? named
                : periodsOnTop && kind is SheetFact.Period or SheetFact.Weekday or SheetFact.Times ? SheetFact.Nothing
                : kind;
            if (kind != SheetFact.Nothing && !left.Exists(header => header.Fact == kind))
            {
                left.Add(new HeaderLine(column - from, kind));
            }
        }

        // The teachers beside classes are not of the lessons, unless the header says so: 班主任.
        left.RemoveAll(header => header.Fact == SheetFact.Teacher && left.Exists(other => other.Fact == SheetFact.Class)
            && ListHeaders.Find(sheet.Filled(headerRow, from + header.Offset)) != SheetFact.Teacher);

        // Names that follow no rule are of classes: whom else should a row be of?
        if (periodsOnTop && to >= from && !left.Exists(header => header.Fact is SheetFact.Class or SheetFact.Teacher or SheetFact.Room))
        {
            left.RemoveAll(header => header.Offset == to - from);
            left.Add(new HeaderLine(to - from, SheetFact.Class));
        }

        return left;
    }

    private SheetChoice? Transposed(WeekdayLine line)
    {
        int first = line.First;
        List<HeaderLine> before = BeforeWeekdays(line);
        int start = line.Place - before.Select(header => line.Place - header.Offset).DefaultIfEmpty(0).Max();
        // Right of the weekdays may stand the part of the day and the period; then the classes are across.
        List<HeaderLine> left = [new(0, line.Combined ? SheetFact.WeekdayAndPeriod : SheetFact.Weekday)];
        for (int column = line.Place + 1; column <= line.Place + 3 && !line.Combined; column++)
        {
            SheetFact kind = HeaderKinds.Of(Enumerable.Range(first, line.Last - first + 1).Select(row => sheet.Filled(row, column)));
            if (kind is SheetFact.PartOfDay or SheetFact.Period or SheetFact.Times)
            {
                left.Add(new HeaderLine(column - line.Place, kind));
            }
            else
            {
                break;
            }
        }

        int data = line.Place + left[^1].Offset + 1;
        IEnumerable<string> Across(int row) =>
            Enumerable.Range(data, Math.Max(0, sheet.Columns - data)).Select(column => sheet.Filled(row, column));
        var top = new List<HeaderLine>();
        int topRow = first;
        for (int row = first - 1; row >= Math.Max(0, first - 3); row--)
        {
            SheetFact kind = HeaderKinds.Of(Across(row));
            bool title = sheet.RangeAt(row, data).Columns > (sheet.Columns - data) / 2 || Count(row, data) < 2;
            if (kind == SheetFact.Teacher && top.Count == 0 && HeaderKinds.Of(Across(row - 1)) == SheetFact.Class)
            {
                // Those who lead the classes.
                continue;
            }

            if (title || (kind == SheetFact.Nothing && top.Count > 0) || top.Exists(header => header.Fact == kind))
            {
                break;
            }

            bool periodsLeft = line.Combined || left.Exists(header => header.Fact is SheetFact.Period or SheetFact.Times);
            bool classes = kind == SheetFact.Nothing || (periodsLeft && kind == SheetFact.Subject);
            top.Insert(0, new HeaderLine(row, classes ? SheetFact.Class : kind));
            topRow = row;
        }

        if (top.Count == 0)
        {
            return null;
        }

        // Where the classes are at the left, what is across is nothing but periods.
        if (before.Count > 0 && !top.Exists(header => header.Fact is SheetFact.Period or SheetFact.Times))
        {
            before.Clear();
            start = line.Place;
        }

        left = [.. before.Select(header => header with { Offset = header.Offset - start }),
            .. left.Select(header => header with { Offset = header.Offset + line.Place - start })];
        var region = new CellRange(new CellAddress(topRow, start), new CellAddress(sheet.Rows - 1, sheet.Columns - 1));
        return Finish(
            new SheetChoice(sheet.Name, region)
            {
                Top = [.. top.Select(header => header with { Offset = header.Offset - topRow })],
                Left = left,
            },
            titleFrom: 0);
    }

    // Left of the weekdays may stand the class or the teacher, once for all its days.
    private List<HeaderLine> BeforeWeekdays(WeekdayLine line)
    {
        var before = new List<HeaderLine>();
        for (int column = 0; column < line.Place; column++)
        {
            SheetFact kind = HeaderKinds.Of(
                Enumerable.Range(line.First, line.Last - line.First + 1).Select(row => sheet.Filled(row, column)));
            if (kind is SheetFact.Class or SheetFact.Grade or SheetFact.Teacher && !before.Exists(header => header.Fact == kind))
            {
                before.Add(new HeaderLine(column, kind));
            }
        }

        return before;
    }

    private SheetChoice Finish(SheetChoice choice, int titleFrom)
    {
        var headers = choice.Top.Concat(choice.Left).Select(line => line.Fact).ToHashSet();
        string[] cells = [.. new GridTable(sheet, choice).Slots().Select(slot => slot.Text)];
        IReadOnlyList<SheetFact> free = CellOrders.Learn(cells, headers);
        bool named = headers.Contains(SheetFact.Class) || headers.Contains(SheetFact.Teacher) || headers.Contains(SheetFact.Room);
        if (named)
        {
            return choice with { CellOrder = free };
        }

        bool cellsNameClasses = free.Contains(SheetFact.Class)
            && cells.SelectMany(CellTokens.Split).Count(cell => cell.Tokens.Any(token => token.Sure == SheetFact.Class)) > cells.Length / 2;
        List<string> titles = Titles(choice, titleFrom);
        var owner = SheetOwner.Find(titles, cellsNameClasses);
        IReadOnlyList<SheetFact> order = CellOrders.Learn(cells, headers.Append(owner.Fact).ToHashSet());
        return choice with
        {
            Owner = owner.Fact,
            OwnerName = owner.Name,
            CellOrder = order,
            Subject = order.Contains(SheetFact.Subject) ? null : SheetOwner.FindSubject(titles),
        };
    }

    // Titles beside the table belong to another one where several stand side by side.
    private List<string> Titles(SheetChoice choice, int from)
    {
        var titles = new List<string>();
        for (int row = choice.Region.From.Row - 1; row >= from; row--)
        {
            string[] words = [.. Enumerable.Range(choice.Region.From.Column, choice.Region.Columns)
                .Select(column => sheet.Anchor(row, column)).Distinct()
                .Select(at => sheet[at.Row, at.Column]).Where(word => word.Length > 0)];
            if (words.Length > 0)
            {
                titles.Add(string.Join(' ', words));
            }
        }

        return [.. titles, sheet.Name, Path.GetFileNameWithoutExtension(file)];
    }

    private bool Has(int row, int column) => sheet[row, column].Length > 0;

    private int Count(int row, int from) =>
        Enumerable.Range(from, Math.Max(0, sheet.Columns - from)).Count(column => sheet.Filled(row, column).Length > 0);

    // 课程 and 教师 above the two columns of a day.
    private static bool IsPartOfCell(string word) =>
        ListHeaders.Find(word) is SheetFact.Subject or SheetFact.Teacher or SheetFact.Room or SheetFact.Class;

    private static bool IsPeriod(string word) => PeriodLabel.Parse(word) is not null;
}
