using Xunke.Web.Books.Files;

namespace Xunke.Web.Books.Imports;

/// <summary>How a person says that a table is to be read. What is null stays as it is.</summary>
/// <param name="Table">Which table, from 0; the number after the last one: a table of a sheet in which none was found.</param>
/// <param name="Region">Such as "A2:F9".</param>
/// <param name="OwnerName">Whose table it is.</param>
/// <param name="CellOrder">What the parts of a cell say.</param>
/// <param name="LeaveOut">Whether it is not read.</param>
/// <param name="Sheet">The sheet of a new table.</param>
/// <param name="IsList">Whether each row is a lesson.</param>
/// <param name="Owner">Of what kind whose table it is: a class, a teacher, a room; nothing: the headers say it.</param>
/// <param name="Top">The header rows.</param>
/// <param name="Left">The header columns; of a list, what each column says.</param>
internal sealed record TableChoice(
    int Table, string? Region, string? OwnerName, IReadOnlyList<SheetFact>? CellOrder, bool LeaveOut, string? Sheet = null,
    bool? IsList = null, SheetFact? Owner = null, IReadOnlyList<HeaderLine>? Top = null, IReadOnlyList<HeaderLine>? Left = null);

/// <summary>Puts what a person says into the choices of a file.</summary>
internal static class TableChoices
{
    private const int MostTables = 400;

    /// <summary>The choices as they are said to be; null: a region or a header cannot be meant.</summary>
    public static IReadOnlyList<SheetChoice>? Apply(Workbook workbook, IReadOnlyList<SheetChoice> known, IReadOnlyList<TableChoice> said)
    {
        List<SheetChoice> choices = [.. known];
        foreach (TableChoice one in said.OrderBy(one => one.Table))
        {
            if (one.Table == choices.Count && one.Table < MostTables
                && workbook.Sheets.FirstOrDefault(sheet => !sheet.Hidden && sheet.Name == one.Sheet) is { } sheet)
            {
                choices.Add(SheetGuess.Blank(sheet, workbook.Name));
            }

            if (one.Table < 0 || one.Table >= choices.Count || Apply(choices[one.Table], one) is not { } choice)
            {
                return null;
            }

            choices[one.Table] = choice;
        }

        return choices;
    }

    private static SheetChoice? Apply(SheetChoice known, TableChoice said)
    {
        CellRange region = known.Region;
        if (said.Region is { Length: > 0 } text && !CellRange.TryParse(text.Trim().ToUpperInvariant(), out region))
        {
            return null;
        }

        IEnumerable<HeaderLine> lines = (said.Top ?? []).Concat(said.Left ?? []);
        if (lines.Any(line => line.Offset < 0 || line.Offset >= FileLimits.Default.Columns))
        {
            return null;
        }

        SheetChoice choice = known with
        {
            Region = region,
            OwnerName = string.IsNullOrWhiteSpace(said.OwnerName) ? known.OwnerName : Words.Name(said.OwnerName),
            CellOrder = said.CellOrder is { Count: > 0 } order ? order : known.CellOrder,
            LeftOut = said.LeaveOut,
            IsList = said.IsList ?? known.IsList,
            Owner = said.Owner ?? known.Owner,
            Top = said.Top ?? known.Top,
            Left = said.Left ?? known.Left,
        };
        // Whose table it is belongs to this file alone: that is not remembered.
        bool differs = choice.Region != known.Region || choice.LeftOut != known.LeftOut || choice.IsList != known.IsList
            || choice.Owner != known.Owner || !choice.CellOrder.SequenceEqual(known.CellOrder)
            || !choice.Top.SequenceEqual(known.Top) || !choice.Left.SequenceEqual(known.Left);
        return choice with { IsSaid = known.IsSaid || differs || (said.Sheet is not null && known.Layout != choice.Layout) };
    }
}
