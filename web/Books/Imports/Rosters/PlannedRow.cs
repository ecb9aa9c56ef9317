using Xunke.Web.Books.Editing;
using Xunke.Web.Books.Files;

namespace Xunke.Web.Books.Imports.Rosters;

/// <summary>A row of a list that is not on the books as the file has it.</summary>
/// <typeparam name="TRow">The row.</typeparam>
/// <param name="Row">What it is to be, with its id.</param>
/// <param name="Before">What it is; null: it is new.</param>
/// <param name="Source">Where the file says it.</param>
internal sealed record PlannedRow<TRow>(TRow Row, TRow? Before, FileSource Source)
    where TRow : class, IBookRow;

/// <summary>A row that the file ends, or does not have.</summary>
/// <param name="Book">Its book.</param>
/// <param name="Id">The row.</param>
/// <param name="Name">Its name.</param>
/// <param name="SchoolId">Its school.</param>
internal sealed record EndedRow(string Book, string Id, string Name, string? SchoolId);
