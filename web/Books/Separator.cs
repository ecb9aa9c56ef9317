namespace Xunke.Web.Books;

/// <summary>What stands between the fields of a CSV file.</summary>
internal static class Separator
{
    private const char Usual = ',';

    private const int RowsLookedAt = 50;

    // Those that are not also signs within a cell of Chinese text.
    private static readonly char[] Ordinary = [',', '\t', ';', '|'];

    // What spreadsheets write in different countries, and what an input method writes instead of a comma.
    private static readonly char[] Known = [',', ';', '\t', '|', '，', '；', '、'];

    /// <summary>Finds the separator: by a first line such as "sep=;", which spreadsheets do not count as a row, or by the columns in the
    /// header.</summary>
    /// <param name="text">The file.</param>
    /// <param name="columns">The columns to look for.</param>
    /// <returns>The separator, and the text without the line that names it.</returns>
    public static (char Separator, string Text) Find(string text, IReadOnlyList<Column> columns)
    {
        int end = text.AsSpan().IndexOfAny('\n', '\r');
        string first = (end < 0 ? text : text[..end]).Trim(' ', '"');
        if (first.Length == 5 && first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && first[4] is not ('"' or ' '))
        {
            return (first[4],
                end < 0 ? string.Empty : text[(end + (text.AsSpan(end).StartsWith("\r\n", StringComparison.Ordinal) ? 2 : 1))..]);
        }

        return (Known.MaxBy(separator => (CountColumns(text, separator, columns), separator == Usual)), text);
    }

    /// <summary>Finds the separator of a file whose header is not known: the one that makes the widest rows of like length.</summary>
    /// <returns>The separator, and the text without the line that names it.</returns>
    public static (char Separator, string Text) FindByShape(string text)
    {
        (char named, string rest) = Find(text, []);
        return rest.Length < text.Length ? (named, rest)
            : (Ordinary.MaxBy(separator => (Width(text, separator), separator == Usual)), text);
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

    // The most frequent number of fields, counted by how many rows have it.
    private static int Width(string text, char separator) =>
        CsvRows.Read(text, separator).Take(RowsLookedAt).Where(row => row.Fault is null && row.Fields.Length > 1)
            .GroupBy(row => row.Fields.Length).Max(rows => (int?)(rows.Count() * rows.Key)) ?? 0;
}
