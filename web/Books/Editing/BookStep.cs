using Xunke.Actors.Books;
using Xunke.Web.Audit;

namespace Xunke.Web.Books.Editing;

/// <summary>Changes that somebody makes at once, and that are undone at once.</summary>
/// <param name="userName">Who.</param>
/// <param name="at">When.</param>
internal sealed class BookStep(string userName, DateTimeOffset at)
{
    /// <summary>Its unguessable name.</summary>
    public Guid Id { get; } = Guid.CreateVersion7(at);

    /// <summary>When it is made.</summary>
    public DateTimeOffset At => at;

    /// <summary>Puts a change of a row into the history.</summary>
    public void Add(Deed deed, string book, string rowId, string? schoolId, string? before, string? after) =>
        deed.Records.Add(new BookChange
        {
            At = at,
            UserName = userName,
            Step = Id,
            Book = book,
            RowId = rowId,
            SchoolId = schoolId,
            Before = before,
            After = after,
        });
}
