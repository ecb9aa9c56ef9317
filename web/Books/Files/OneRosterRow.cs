using System.Globalization;
using Xunke.Web.Text;

namespace Xunke.Web.Books.Files;

/// <summary>A row of a file of OneRoster.</summary>
internal sealed class OneRosterRow(string file, CsvRow row, IReadOnlyDictionary<string, int> columns, List<FileFault> faults)
{
    /// <summary>Its identifier.</summary>
    public string Id => this["sourcedId"];

    /// <summary>Whether the file says that it ends.</summary>
    public bool Ended => this["status"] is "tobedeleted" or "inactive";

    /// <summary>Where it is.</summary>
    public FileSource Source => At("sourcedId");

    /// <summary>A field; empty: the file does not have it.</summary>
    public string this[string column] =>
        columns.TryGetValue(column, out int place) && place < row.Fields.Length ? PlainText.Trim(row.Fields[place]) : string.Empty;

    /// <summary>A field, or null where it is empty.</summary>
    public string? OrNull(string column) => this[column] is { Length: > 0 } text ? text : null;

    /// <summary>A field with several values.</summary>
    public string[] Several(string column) =>
        this[column].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A field that must not be empty, and must be a line of text that can be kept.</summary>
    public string? Name(string column)
    {
        string name = Words.Name(this[column]);
        if (name.Length == 0 || LessonNames.Fault(column, name) is not null)
        {
            Fault(column, name.Length == 0 ? $"{column} 为空 is empty" : LessonNames.Fault(column, name)!);
            return null;
        }

        return name;
    }

    /// <summary>A field that must be a date.</summary>
    public DateOnly? Date(string column)
    {
        if (DateOnly.TryParseExact(this[column], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
        {
            return date;
        }

        Fault(column, $"{column} “{PlainText.Show(this[column])}” 应为日期，如 2026-09-01 must be a date such as 2026-09-01");
        return null;
    }

    /// <summary>Notes what is wrong with a field.</summary>
    public void Fault(string column, string reason)
    {
        FileSource at = At(column);
        faults.Add(new FileFault(at.Sheet, at.Cell, reason));
    }

    private FileSource At(string column) =>
        new(file, new CellAddress(row.Number - 1, columns.GetValueOrDefault(column)).ToString());
}
