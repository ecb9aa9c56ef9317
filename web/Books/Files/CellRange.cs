namespace Xunke.Web.Books.Files;

/// <summary>A rectangle of cells, with both ends.</summary>
/// <param name="From">The cell at the top left.</param>
/// <param name="To">The cell at the bottom right.</param>
internal readonly record struct CellRange(CellAddress From, CellAddress To)
{
    /// <summary>How many rows.</summary>
    public int Rows => To.Row - From.Row + 1;

    /// <summary>How many columns.</summary>
    public int Columns => To.Column - From.Column + 1;

    /// <summary>Whether a cell is in it.</summary>
    public bool Contains(int row, int column) =>
        row >= From.Row && row <= To.Row && column >= From.Column && column <= To.Column;

    /// <summary>Such as "A1:F9".</summary>
    public override string ToString() => $"{From}:{To}";

    /// <summary>Reads such as "A1:F9", or "A1" alone.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out CellRange range)
    {
        int colon = text.IndexOf(':');
        bool read = CellAddress.TryParse(colon < 0 ? text : text[..colon], out CellAddress from);
        CellAddress to = from;
        read = read && (colon < 0 || CellAddress.TryParse(text[(colon + 1)..], out to));
        range = new CellRange(from, to);
        return read && to.Row >= from.Row && to.Column >= from.Column;
    }
}
