namespace Xunke.Actors.Books;

/// <summary>A subject (学科) that the district's schools teach.</summary>
public sealed class Subject
{
    /// <summary>Such as "chinese"; at most 40 characters.</summary>
    public required string Id { get; init; }

    /// <summary>Its Chinese name, such as "语文"; unique in the district.</summary>
    public required string Name { get; set; }

    /// <summary>Its English name.</summary>
    public required string NameEn { get; set; }

    /// <summary>Place in the district's list, from 1.</summary>
    public required int Order { get; set; }
}
