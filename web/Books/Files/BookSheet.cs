using System.Text;

namespace Xunke.Web.Books.Files;

/// <summary>A table to be written: a header and rows.</summary>
/// <param name="Name">The sheet's name.</param>
/// <param name="Headers">The columns.</param>
/// <param name="Rows">The rows, each no longer than the header.</param>
internal sealed record BookSheet(string Name, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<BookCell>> Rows)
{
    private static readonly char[] Quoted = [',', ';', '|', '\t', '"', ' ', '\'', '\u3000', '，', '；', '、'];

    /// <summary>The table as a workbook.</summary>
    public byte[] ToXlsx() => XlsxWriter.Write([this]);

    /// <summary>
    /// The table as CSV in UTF-8 with a mark, which Excel needs to tell the encoding. A text that Excel would run as a formula has an
    /// apostrophe in front, and a line break in a cell is a blank. Our own reader takes the apostrophe off again.
    /// </summary>
    public byte[] ToCsv()
    {
        var text = new StringBuilder("\uFEFF");
        Append(text, Headers.Select(header => Cell(header)));
        foreach (IReadOnlyList<BookCell> row in Rows)
        {
            Append(text, row.Select(Cell));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells).Append("\r\n");

    private static string Cell(BookCell cell)
    {
        string text = cell.Text is { } own
            ? CellText.Guard(own.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\n', ' ').Replace('\r', ' ')) : cell.ToString();
        return text.IndexOfAny(Quoted) >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
