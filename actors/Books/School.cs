namespace Xunke.Actors.Books;

/// <summary>A school of the district.</summary>
public sealed class School
{
    /// <summary>Such as "s01"; at most 20 characters.</summary>
    public required string Id { get; init; }

    /// <summary>Its Chinese name.</summary>
    public required string Name { get; set; }

    /// <summary>Its English name.</summary>
    public required string NameEn { get; set; }

    /// <summary>Place in the district's list, from 1.</summary>
    public required int Order { get; set; }
}
