namespace Xunke.Web.Books.Files;

/// <summary>How a cell of a CSV file keeps a text that a spreadsheet would take for a formula: with an apostrophe in front.</summary>
internal static class CellText
{
    /// <summary>A text as a cell of a CSV file.</summary>
    public static string Guard(string text) => IsFormula(text.AsSpan().TrimStart('\'')) ? '\'' + text : text;

    /// <summary>A cell of a CSV file as text.</summary>
    public static string Unguard(string cell) =>
        cell.Length > 1 && cell[0] == '\'' && IsFormula(cell.AsSpan().TrimStart('\'')) ? cell[1..] : cell;

    private static bool IsFormula(ReadOnlySpan<char> text) =>
        !text.IsEmpty && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '＝' or '＋' or '－' or '＠';
}
