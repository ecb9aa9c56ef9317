namespace Xunke.Web.Books.Files;

/// <summary>A lesson within a cell, still in parts. A cell has several where weeks differ.</summary>
/// <param name="Tokens">Its parts in order.</param>
/// <param name="Weeks">When it is held; one for every range of weeks.</param>
internal sealed record CellGroup(IReadOnlyList<CellToken> Tokens, IReadOnlyList<Weeks> Weeks);
