namespace Xunke.Actors.Books;

/// <summary>A class (班级) on the books of a school.</summary>
public sealed class SchoolClass
{
    /// <summary>Such as "s01-c304", unique in the district; at most 40 characters.</summary>
    public required string Id { get; init; }

    /// <summary>The school that it belongs to.</summary>
    public required string SchoolId { get; init; }

    /// <summary>Its name, such as "三年级2班"; unique in its school.</summary>
    public required string Name { get; set; }

    /// <summary>Its grade, such as "三年级".</summary>
    public required string Grade { get; set; }

    /// <summary>Pupils on its books, 0 or more.</summary>
    public required int Enrolled { get; set; }

    /// <summary>Where its lessons are unless the timetable says otherwise; null: nowhere.</summary>
    public string? RoomId { get; set; }
}
