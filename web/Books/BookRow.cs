using System.Text.RegularExpressions;

namespace Xunke.Web.Books;

/// <summary>A row of a file of the books.</summary>
/// <param name="file">The file that it is in.</param>
/// <param name="number">The row as a spreadsheet counts it.</param>
/// <param name="fields">What it says.</param>
/// <param name="places">Where each column is; -1: not in this file.</param>
internal sealed partial class BookRow(string file, int number, string[] fields, IReadOnlyDictionary<Column, int> places)
{
    /// <summary>Longest name of a school, room, grade or person, in characters.</summary>
    public const int LongestName = 100;

    /// <summary>The row as a spreadsheet counts it.</summary>
    public int Number => number;

    /// <summary>What it says in a column; empty when it ends before.</summary>
    public string this[Column column] => places[column] is var place && place >= 0 && place < fields.Length ? fields[place] : string.Empty;

    /// <summary>Notes what is wrong with this row.</summary>
    public void Fault(BookFaults faults, string reason) => faults.Add(file, number, reason);

    /// <summary>Checks an identifier, such as "s01" or "s01-304".</summary>
    public bool IsId(Column column, int longest, BookFaults faults)
    {
        string value = this[column];
        if (value.Length <= longest && Id().IsMatch(value))
        {
            return true;
        }

        Fault(faults, $"{column} “{value}” 应为小写字母、数字和连字符 must be lower-case letters, digits and single hyphens, at most {longest}");
        return false;
    }

    /// <summary>Checks the name of something.</summary>
    public void CheckName(Column column, BookFaults faults)
    {
        string value = this[column];
        if (value.Length == 0)
        {
            Fault(faults, $"{column} 为空 is empty");
        }
        else if (value.Length > LongestName)
        {
            Fault(faults, $"{column} 太长 is longer than {LongestName}");
        }
    }

    // \z, because $ also matches before a line break at the end.
    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
