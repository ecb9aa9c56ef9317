using System.Text.RegularExpressions;
using Xunke.Web.Text;

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

    /// <summary>Notes what is wrong with this row.</summary>
    public void Fault(BookFaults faults, string reason) => faults.Add(file, number, reason);

    /// <summary>A column's word, such as a number or a role, in ordinary letters; empty when the row ends before.</summary>
    public string Word(Column column) => PlainText.Narrow(PlainText.Trim(Field(column)));

    /// <summary>Reads an identifier, such as "s01" or "s01-304".</summary>
    /// <param name="column">Where it is.</param>
    /// <param name="longest">Most characters.</param>
    /// <param name="faults">Takes what is wrong with it.</param>
    /// <param name="id">What was read.</param>
    /// <returns>Whether it is one.</returns>
    public bool TryReadId(Column column, int longest, BookFaults faults, out string id)
    {
        id = Word(column);
        if (id.Length <= longest && IsId(id))
        {
            return true;
        }

        string reason = Reason(id) ?? $"应为小写字母、数字和连字符 must be lower-case letters, digits and single hyphens, at most {longest}";
        Fault(faults, $"{column} “{PlainText.Show(id)}” {reason}");
        return false;
    }

    /// <summary>Reads a name.</summary>
    /// <param name="column">Where it is.</param>
    /// <param name="faults">Takes what is wrong with it.</param>
    /// <param name="mayBeEmpty">Whether the row may do without it.</param>
    public string ReadName(Column column, BookFaults faults, bool mayBeEmpty = false)
    {
        string name = PlainText.Tidy(Field(column));
        string? reason =
            name.Length == 0 ? (mayBeEmpty ? null : "为空 is empty")
            : name.Length > LongestName ? $"太长 is longer than {LongestName}"
            : Reason(name) ?? (PlainText.CountLetters(name) == 0 ? "没有文字 has no letters" : null);
        if (reason is not null)
        {
            Fault(faults, name.Length == 0 ? $"{column} {reason}" : $"{column} “{PlainText.Show(name)}” {reason}");
        }

        return name;
    }

    /// <summary>Whether a text has an identifier's letters.</summary>
    public static bool IsId(string text) => Id().IsMatch(text);

    /// <summary>Why a text is neither a name nor an identifier, whatever their own rules are; null: nothing speaks against it.</summary>
    public static string? Reason(string text) =>
        PlainText.FindHidden(text) is { } hidden ? $"含有 contains {hidden}" : SpreadsheetDamage.Find(text);

    private string Field(Column column) => places[column] is var place
        && place >= 0 && place < fields.Length ? fields[place] : string.Empty;

    // \z, because $ also matches before a line break at the end.
    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
