using Xunke.Web.Configuration;
using Xunke.Web.Text;

namespace Xunke.Web.Books;

/// <summary>Rows of a file of the books.</summary>
/// <param name="Rows">Those that are not blank.</param>
/// <param name="Encoding">The encoding that was found.</param>
/// <param name="Separator">The separator that was found, for people.</param>
internal sealed record BookFile(IReadOnlyList<BookRow> Rows, string Encoding, string Separator)
{
    /// <summary>Reads a CSV file with a header row, as spreadsheets save it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns to look for, in any order; others in the file are ignored.</param>
    /// <param name="faults">Takes what is wrong with the header or the shape of rows; such rows are left out.</param>
    /// <exception cref="StartupException">The file cannot be read at all.</exception>
    public static BookFile Read(string path, IReadOnlyList<Column> columns, BookFaults faults)
    {
        var read = BookText.Read(path, columns);
        (char separator, string text) = Books.Separator.Find(read.Text, columns);
        CsvRow[] all = [.. CsvRows.Read(text, separator)
            .Where(row => row.Fault is not null || row.Fields.Any(field => PlainText.Trim(field).Length > 0))];
        var file = new BookFile([], read.Encoding, Books.Separator.Name(separator));
        if (all.Length == 0)
        {
            throw new StartupException($"{path}: 文件是空的 the file is empty");
        }

        CsvRow header = all[0];
        if (header.Fault is not null)
        {
            faults.Add(path, header.Number, header.Fault);
            return file;
        }

        return file.CheckHeader(path, header, columns, faults) ? file with { Rows = ReadRows(path, all, columns, faults) } : file;
    }

    private bool CheckHeader(string path, CsvRow header, IReadOnlyList<Column> columns, BookFaults faults)
    {
        bool complete = true;
        foreach (Column column in columns)
        {
            int times = header.Fields.Count(column.IsNamed);
            if (times > 1)
            {
                faults.Add(path, header.Number, $"列重复 duplicate column: {column}");
            }
            else if (times == 0 && !column.Optional)
            {
                complete = false;
                faults.Add(path, header.Number, $"缺少列 missing column: {column}");
            }
        }

        if (!complete)
        {
            string names = string.Join(' ', header.Fields.Take(20).Select(name => $"“{PlainText.Show(PlainText.Trim(name))}”"));
            faults.Add(path, header.Number, $"标题行是 the header reads {names} (编码 encoding: {Encoding}; 分隔符 separator: {Separator})");
        }

        return complete;
    }

    private static List<BookRow> ReadRows(string path, IReadOnlyList<CsvRow> all, IReadOnlyList<Column> columns, BookFaults faults)
    {
        string[] header = all[0].Fields;
        var places = columns.ToDictionary(column => column, column => Array.FindIndex(header, column.IsNamed));
        var rows = new List<BookRow>();
        foreach (CsvRow row in all.Skip(1))
        {
            if (row.Fault is not null)
            {
                faults.Add(path, row.Number, row.Fault);
            }
            else if (row.Fields.Skip(header.Length).Any(field => PlainText.Trim(field).Length > 0))
            {
                faults.Add(path, row.Number, $"比标题行多出内容 more fields than the header: {row.Fields.Length}, {header.Length}");
            }
            else
            {
                rows.Add(new BookRow(path, row.Number, row.Fields, places));
            }
        }

        return rows;
    }
}
