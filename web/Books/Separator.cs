namespace Xunke.Web.Books;

/// <summary>What stands between the fields of a CSV file.</summary>
internal static class Separator
{
    private const char Usual = ',';

    // What spreadsheets write in different countries, and what an input method writes instead of a comma.
    private static readonly char[] Known = [',', ';', '\t', '|', '，', '；', '、'];

    /// <summary>Finds the separator: by a first line such as "sep=;", which spreadsheets do not count as a row, or by the columns in the header.</summary>
    /// <param name="text">The file.</param>
    /// <param name="columns">The columns to look for.</param>
    /// <returns>The separator, and the text without the line that names it.</returns>
    public static (char Separator, string Text) Find(string text, IReadOnlyList<Column> columns)
    {
        int end = text.AsSpan().IndexOfAny('\n', '\r');
        string first = (end < 0 ? text : text[..end]).Trim(' ', '"');
        if (first.Length == 5 && first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && first[4] is not ('"' or ' '))
        {
            return (first[4], end < 0 ? string.Empty : text[(end + (text.AsSpan(end).StartsWith("\r\n", StringComparison.Ordinal) ? 2 : 1))..]);
        }

        return (Known.MaxBy(separator => (CountColumns(text, separator, columns), separator == Usual)), text);
    }

    /// <summary>Its name for people.</summary>
    public static string Name(char separator) => separator switch
    {
        ',' => "逗号 comma",
        ';' => "分号 semicolon",
        '\t' => "制表符 tab",
        _ => $"“{separator}”",
    };

    /// <summary>How many of the columns the first row that is not blank names.</summary>
    public static int CountColumns(string text, char separator, IReadOnlyList<Column> columns) =>
        CsvRows.Read(text, separator).FirstOrDefault(row => row.Fields.Any(field => field.Trim().Length > 0)) is { } header
            ? columns.Count(column => header.Fields.Any(column.IsNamed))
            : 0;
}
