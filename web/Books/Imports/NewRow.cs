namespace Xunke.Web.Books.Imports;

/// <summary>The id of a row that is yet to be made: a mark, its school and its name.</summary>
internal static class NewRow
{
    // No id on the books begins with the one or has the other.
    private const char Mark = '+';
    private const char Behind = '|';

    /// <summary>Makes one.</summary>
    /// <param name="schoolId">The row's school; null: the district's.</param>
    /// <param name="name">The row's name.</param>
    public static string Of(string? schoolId, string name) => $"{Mark}{schoolId}{Behind}{name}";

    /// <summary>Whether an id is of a row that is yet to be made.</summary>
    public static bool Is(string? id) => id is { Length: > 0 } && id[0] == Mark;

    /// <summary>The school in such an id; empty: the district's.</summary>
    public static string SchoolIn(string id) => id[1..id.IndexOf(Behind, StringComparison.Ordinal)];

    /// <summary>The name in such an id.</summary>
    public static string NameIn(string id) => id[(id.IndexOf(Behind, StringComparison.Ordinal) + 1)..];
}
