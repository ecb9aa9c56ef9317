namespace Xunke.Actors.Books;

/// <summary>One row of the books as it was and as it became: the books' history, and what undoing needs.</summary>
public sealed class BookChange
{
    /// <summary>Its number, in the order of the changes.</summary>
    public long Id { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Account that did it.</summary>
    public required string UserName { get; init; }

    /// <summary>The changes that one step made, such as an import: they are undone together.</summary>
    public required Guid Step { get; init; }

    /// <summary>The book, such as "teachers".</summary>
    public required string Book { get; init; }

    /// <summary>The row.</summary>
    public required string RowId { get; init; }

    /// <summary>The row's school; null: the district's.</summary>
    public string? SchoolId { get; init; }

    /// <summary>The row before, as JSON; null: it was not there.</summary>
    public string? Before { get; init; }

    /// <summary>The row after, as JSON; null: it was deleted.</summary>
    public string? After { get; init; }
}
