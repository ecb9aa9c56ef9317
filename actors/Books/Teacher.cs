namespace Xunke.Actors.Books;

/// <summary>A teacher on the books of a school.</summary>
public sealed class Teacher
{
    /// <summary>Such as "s01-t012", unique in the district; at most 40 characters.</summary>
    public required string Id { get; init; }

    /// <summary>The school that the teacher belongs to.</summary>
    public required string SchoolId { get; init; }

    /// <summary>The teacher's name.</summary>
    public required string Name { get; set; }

    /// <summary>The number in the school's own lists (工号), which tells people of one name apart; null: none.</summary>
    public string? Number { get; set; }

    /// <summary>The subjects taught.</summary>
    public required List<string> SubjectIds { get; set; }

    /// <summary>The account that the teacher signs in with; null: none yet.</summary>
    public string? UserName { get; set; }
}
