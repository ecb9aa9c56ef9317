namespace Xunke.Web.Books.Files;

/// <summary>A row or a column of a table that says something about the cells beside it.</summary>
/// <param name="Offset">Which row or column, counted from the region's first, from 0.</param>
/// <param name="Fact">What it says.</param>
internal sealed record HeaderLine(int Offset, SheetFact Fact);
