namespace Xunke.Web.Books.Editing;

/// <summary>A row of a book as the pages edit it. Fields that a request may lack are null until it has been checked.</summary>
internal interface IBookRow
{
    /// <summary>Its id; null in a new row whose id the server makes.</summary>
    string? Id { get; }

    /// <summary>Its school; null where it is the district's.</summary>
    string? SchoolId { get; }

    /// <summary>A digest of what it says: a change names the version that was seen.</summary>
    string? Version { get; }
}

/// <summary>Something that needs a row.</summary>
/// <param name="Book">What it is: a book's name, or lessons, visits, recordings, camera, live.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Examples">Some of them, by their names.</param>
internal sealed record BookUse(string Book, int Count, IReadOnlyList<string> Examples);

/// <summary>What is wrong with a field of a row.</summary>
/// <param name="Field">The field, as JSON calls it.</param>
/// <param name="Reason">Why, in Chinese.</param>
/// <param name="ReasonEn">Why, in English.</param>
internal sealed record FieldFault(string Field, string Reason, string ReasonEn);
