using System.Text.RegularExpressions;

namespace Xunke.Web.Books.Files;

/// <summary>The form of a table: what its headers say, without the names of classes and people in them.</summary>
internal static partial class SheetSignature
{
    private const int Longest = 300;
    private const int MostColumns = 60;
    private const int RowsOfSheet = 3;

    /// <summary>Makes the signature of a table.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="choice">The table as it was guessed.</param>
    public static string Of(Sheet sheet, SheetChoice choice)
    {
        int last = choice.Top.Select(line => line.Offset).DefaultIfEmpty(0).Max();
        int lastColumn = Math.Min(choice.Region.To.Column, choice.Region.From.Column + MostColumns);
        var words = new List<string>();
        for (int row = choice.Region.From.Row; row <= choice.Region.From.Row + last; row++)
        {
            for (int column = choice.Region.From.Column; column <= lastColumn; column++)
            {
                string word = Word(sheet[row, column]);
                if (word.Length > 0 && (words.Count == 0 || words[^1] != word))
                {
                    words.Add(word);
                }
            }
        }

        string signature = $"{choice.Layout}:{string.Join(',', choice.Left.Select(line => line.Fact))}:{string.Join('|', words)}";
        return signature.Length > Longest ? signature[..Longest] : signature;
    }

    /// <summary>Makes the signature of a sheet in which no table was found.</summary>
    public static string OfSheet(Sheet sheet)
    {
        IEnumerable<string> words = Enumerable.Range(0, Math.Min(sheet.Rows, RowsOfSheet))
            .SelectMany(row => Enumerable.Range(0, Math.Min(sheet.Columns, MostColumns)).Select(column => Word(sheet[row, column])))
            .Where(word => word.Length > 0);
        string signature = $"sheet:{string.Join('|', words)}";
        return signature.Length > Longest ? signature[..Longest] : signature;
    }

    private static string Word(string text) =>
        Places.IsClass(text) || Places.IsClassOfGrade(text) ? "班"
        : Weekdays.Find(text) is { } day && Words.Key(text).Length > 3 ? $"周{day}"
        : People.IsName(text) && ListHeaders.Find(text) == SheetFact.Nothing && !Subjects.IsKnown(text) ? "人"
        : Dates().Replace(Words.Key(text), string.Empty);

    [GeneratedRegex(@"\d+月\d+日|\d{4}[-/.]\d+[-/.]\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Dates();
}
