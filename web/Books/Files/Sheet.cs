namespace Xunke.Web.Books.Files;

/// <summary>A sheet as cells of text.</summary>
internal sealed class Sheet
{
    private readonly IReadOnlyList<string?[]> _cells;
    private readonly Dictionary<CellAddress, CellRange> _mergedBy = [];
    private readonly Dictionary<int, string> _broken;

    /// <summary>Holds what was read.</summary>
    /// <param name="name">The sheet's name; of a file without sheets, the file's without its ending.</param>
    /// <param name="cells">Its rows; each only as long as it has text.</param>
    /// <param name="merged">The merged ranges.</param>
    /// <param name="hidden">Whether people do not see the sheet.</param>
    /// <param name="broken">Rows that could not be read, and why.</param>
    public Sheet(
        string name,
        IReadOnlyList<string?[]> cells,
        IReadOnlyList<CellRange>? merged = null,
        bool hidden = false,
        Dictionary<int, string>? broken = null)
    {
        Name = name;
        Hidden = hidden;
        Merged = merged ?? [];
        _cells = cells;
        _broken = broken ?? [];
        Columns = cells.Select(row => row.Length).DefaultIfEmpty().Max();
        foreach (CellRange range in Merged.Where(range => range.From.Row < Rows && range.From.Column < Columns))
        {
            // Some merge whole columns: what is beyond the last text is of no use.
            for (int row = range.From.Row; row <= Math.Min(range.To.Row, Rows - 1); row++)
            {
                for (int column = range.From.Column; column <= Math.Min(range.To.Column, Columns - 1); column++)
                {
                    _mergedBy[new CellAddress(row, column)] = range;
                }
            }
        }
    }

    /// <summary>The sheet's name.</summary>
    public string Name { get; }

    /// <summary>Whether people do not see it.</summary>
    public bool Hidden { get; }

    /// <summary>How many rows, up to the last with text.</summary>
    public int Rows => _cells.Count;

    /// <summary>How many columns, up to the last with text.</summary>
    public int Columns { get; }

    /// <summary>The merged ranges.</summary>
    public IReadOnlyList<CellRange> Merged { get; }

    /// <summary>Rows that could not be read, counted from 0, and why.</summary>
    public IReadOnlyDictionary<int, string> Broken => _broken;

    /// <summary>A cell's own text; empty: it has none.</summary>
    public string this[int row, int column] =>
        row >= 0 && row < _cells.Count && column >= 0 && column < _cells[row].Length ? _cells[row][column] ?? string.Empty : string.Empty;

    /// <summary>A cell's text; of a cell in a merged range, the text of the whole range.</summary>
    public string Filled(int row, int column)
    {
        CellAddress at = Anchor(row, column);
        return this[at.Row, at.Column];
    }

    /// <inheritdoc cref="Filled(int, int)"/>
    public string Filled(CellAddress at) => Filled(at.Row, at.Column);

    /// <summary>The cell that holds the text: the first of a merged range.</summary>
    public CellAddress Anchor(int row, int column) => RangeAt(row, column).From;

    /// <summary>The merged range that a cell is in, or the cell alone.</summary>
    public CellRange RangeAt(int row, int column)
    {
        var at = new CellAddress(row, column);
        return _mergedBy.TryGetValue(at, out CellRange range) ? range : new CellRange(at, at);
    }
}
