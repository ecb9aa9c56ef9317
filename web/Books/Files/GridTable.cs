namespace Xunke.Web.Books.Files;

/// <summary>A place of a grid for lessons, with what its headers say.</summary>
/// <param name="At">The first cell that has text, or the first cell.</param>
/// <param name="Text">The text of all its cells, one a line.</param>
/// <param name="Left">The headers at its left.</param>
/// <param name="Top">The headers above it.</param>
internal sealed record GridSlot(CellAddress At, string Text, GridHeaders Left, GridHeaders Top);

/// <summary>
/// The places of a grid. A place may have several cells: where a period's header covers two rows, the subject often stands in the first
/// and the teacher in the second.
/// </summary>
internal sealed class GridTable
{
    private readonly Sheet _sheet;
    private readonly Dictionary<int, GridHeaders> _rows;
    private readonly Dictionary<int, GridHeaders> _columns;

    /// <summary>Takes a grid apart.</summary>
    public GridTable(Sheet sheet, SheetChoice choice)
    {
        _sheet = sheet;
        CellAddress corner = choice.Region.From;
        int firstRow = corner.Row + choice.Top.Select(line => line.Offset + 1).DefaultIfEmpty(0).Max();
        int firstColumn = corner.Column + choice.Left.Select(line => line.Offset + 1).DefaultIfEmpty(0).Max();
        int lastRow = Math.Min(choice.Region.To.Row, sheet.Rows - 1), lastColumn = Math.Min(choice.Region.To.Column, sheet.Columns - 1);
        _rows = GridHeaders.Read(
            sheet,
            choice.Left,
            (line, row) => new CellAddress(row, corner.Column + line.Offset),
            firstRow,
            lastRow,
            row => IsFull(Enumerable.Range(firstColumn, Math.Max(0, lastColumn - firstColumn + 1)).Select(column => (row, column))));
        _columns = GridHeaders.Read(
            sheet,
            choice.Top,
            (line, column) => new CellAddress(corner.Row + line.Offset, column),
            firstColumn,
            lastColumn,
            column => IsFull(Enumerable.Range(firstRow, Math.Max(0, lastRow - firstRow + 1)).Select(row => (row, column))));
    }

    /// <summary>The headers of all rows and columns that have lessons.</summary>
    public IEnumerable<GridHeaders> Headers => _rows.Values.Concat(_columns.Values).Where(headers => !headers.NoLesson);

    /// <summary>All places that have text which may be a lesson.</summary>
    public IEnumerable<GridSlot> Slots()
    {
        foreach (List<int> rows in Together(_rows))
        {
            foreach (List<int> columns in Together(_columns))
            {
                GridHeaders left = _rows[rows[0]], top = _columns[columns[0]];
                if (!left.NoLesson && !top.NoLesson && Slot(rows, columns, left, top) is { } slot)
                {
                    yield return slot;
                }
            }
        }
    }

    private GridSlot? Slot(List<int> rows, List<int> columns, GridHeaders left, GridHeaders top)
    {
        var texts = new List<string>();
        var seen = new HashSet<CellAddress>();
        CellAddress? first = null;
        foreach (int row in rows)
        {
            foreach (int column in columns)
            {
                CellRange range = _sheet.RangeAt(row, column);
                string text = _sheet[range.From.Row, range.From.Column];
                // What reaches over the whole week is a note or a break.
                bool note = range.Columns >= Math.Max(_columns.Count, 3);
                if (seen.Add(range.From) && !note && !CellTokens.IsNothing(text))
                {
                    first ??= range.From;
                    texts.Add(text);
                }
            }
        }

        string all = string.Join('\n', texts);
        return first is { } at && (!PeriodLabel.IsNoLesson(all) || Subjects.IsKnown(all)) ? new GridSlot(at, all, left, top) : null;
    }

    private static IEnumerable<List<int>> Together(Dictionary<int, GridHeaders> all)
    {
        var group = new List<int>();
        foreach ((int index, GridHeaders headers) in all)
        {
            if (group.Count > 0 && !headers.IsSame(all[group[0]]))
            {
                yield return group;
                group = [];
            }

            group.Add(index);
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }

    private bool IsFull(IEnumerable<(int Row, int Column)> cells)
    {
        (int Row, int Column)[] all = [.. cells];
        return all.Count(cell => _sheet.Filled(cell.Row, cell.Column).Length > 0) > all.Length / 3;
    }
}
