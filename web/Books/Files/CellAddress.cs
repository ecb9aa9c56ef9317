using System.Globalization;

namespace Xunke.Web.Books.Files;

/// <summary>A cell's place in a sheet.</summary>
/// <param name="Row">From 0.</param>
/// <param name="Column">From 0.</param>
internal readonly record struct CellAddress(int Row, int Column)
{
    private const int Letters = 26;

    /// <summary>Such as "B7".</summary>
    public override string ToString() => ColumnName(Column) + (Row + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>A column's letters, such as "AB".</summary>
    /// <param name="column">From 0.</param>
    public static string ColumnName(int column)
    {
        string name = string.Empty;
        for (int rest = column + 1; rest > 0; rest = (rest - 1) / Letters)
        {
            name = (char)('A' + ((rest - 1) % Letters)) + name;
        }

        return name;
    }

    /// <summary>Reads such as "B7" or "$B$7".</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out CellAddress address)
    {
        long column = 0, row = 0;
        int letters = 0;
        foreach (char character in text)
        {
            if (char.IsAsciiLetter(character) && row == 0)
            {
                column = (column * Letters) + (char.ToUpperInvariant(character) - 'A') + 1;
                letters++;
            }
            else if (char.IsAsciiDigit(character) && letters > 0)
            {
                row = (row * 10) + (character - '0');
            }
            else if (character != '$')
            {
                address = default;
                return false;
            }

            if (letters > 4 || row > int.MaxValue)
            {
                address = default;
                return false;
            }
        }

        address = new CellAddress((int)row - 1, (int)column - 1);
        return row > 0 && letters > 0;
    }
}
