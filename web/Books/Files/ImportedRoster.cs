namespace Xunke.Web.Books.Files;

/// <summary>A school or another part of the district in a file.</summary>
/// <param name="Id">The file's own identifier; null: it has none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Source">Where it was read.</param>
internal sealed record ImportedOrg(string? Id, string Name, FileSource Source)
{
    /// <summary>Such as "school" or "district"; null: not said.</summary>
    public string? Type { get; init; }

    /// <summary>The identifier of what it is part of; null: not said.</summary>
    public string? ParentId { get; init; }

    /// <summary>A number that people know it by; null: not said.</summary>
    public string? Number { get; init; }

    /// <summary>Whether the file says that it ends.</summary>
    public bool Ended { get; init; }
}

/// <summary>A term or school year in a file.</summary>
/// <param name="Id">The file's own identifier.</param>
/// <param name="Title">Such as "2026-2027学年第一学期".</param>
/// <param name="Start">Its first day.</param>
/// <param name="End">Its last day.</param>
/// <param name="Source">Where it was read.</param>
internal sealed record ImportedTerm(string Id, string Title, DateOnly Start, DateOnly End, FileSource Source)
{
    /// <summary>Such as "term", "semester" or "schoolYear".</summary>
    public string? Type { get; init; }

    /// <summary>The year that it is part of; null: not said.</summary>
    public string? ParentId { get; init; }

    /// <summary>Whether the file says that it ends.</summary>
    public bool Ended { get; init; }
}

/// <summary>A subject or course in a file.</summary>
/// <param name="Id">The file's own identifier; null: it has none.</param>
/// <param name="Name">Such as "语文".</param>
/// <param name="Source">Where it was read.</param>
internal sealed record ImportedSubject(string? Id, string Name, FileSource Source)
{
    /// <summary>A short code; null: not said.</summary>
    public string? Code { get; init; }

    /// <summary>Whether the file says that it ends.</summary>
    public bool Ended { get; init; }
}

/// <summary>A class in a file.</summary>
/// <param name="Id">The file's own identifier; null: it has none.</param>
/// <param name="Name">Such as "三年级2班".</param>
/// <param name="Source">Where it was read.</param>
internal sealed record ImportedClass(string? Id, string Name, FileSource Source)
{
    /// <summary>The school: by its name in a list, by its identifier in OneRoster; null: not said.</summary>
    public string? School { get; init; }

    /// <summary>The grade; null: not said.</summary>
    public string? Grade { get; init; }

    /// <summary>How many pupils, 1 to 100; null: not said.</summary>
    public int? Pupils { get; init; }

    /// <summary>The room; null: not said.</summary>
    public string? Room { get; init; }

    /// <summary>Whether it is one course of pupils of one or several classes, as most classes of OneRoster are.</summary>
    public bool IsCourse { get; init; }

    /// <summary>The course's identifier; null: not said.</summary>
    public string? CourseId { get; init; }

    /// <summary>The terms' identifiers.</summary>
    public IReadOnlyList<string> TermIds { get; init; } = [];

    /// <summary>Whether the file says that it ends.</summary>
    public bool Ended { get; init; }
}

/// <summary>A room in a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">Where it was read.</param>
internal sealed record ImportedRoom(string Name, FileSource Source)
{
    /// <summary>Its number, which ends its id; null: not said.</summary>
    public string? Number { get; init; }

    /// <summary>The school, by its name; null: not said.</summary>
    public string? School { get; init; }

    /// <summary>The grade of its class; null: not said.</summary>
    public string? Grade { get; init; }

    /// <summary>How many pupils its class has, 1 to 100; null: not said.</summary>
    public int? Pupils { get; init; }
}

/// <summary>A teacher in a file.</summary>
/// <param name="Id">The file's own identifier; null: it has none.</param>
/// <param name="Name">The name.</param>
/// <param name="Source">Where it was read.</param>
internal sealed record ImportedTeacher(string? Id, string Name, FileSource Source)
{
    /// <summary>The number that the school knows the teacher by 工号; null: not said.</summary>
    public string? Number { get; init; }

    /// <summary>The name to sign in with; null: not said.</summary>
    public string? User { get; init; }

    /// <summary>The schools: by name in a list, by identifier in OneRoster.</summary>
    public IReadOnlyList<string> Schools { get; init; } = [];

    /// <summary>The subjects.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>Whether the file says that the teacher leaves.</summary>
    public bool Ended { get; init; }
}

/// <summary>That a teacher teaches a class.</summary>
/// <param name="ClassId">The class's identifier.</param>
/// <param name="TeacherId">The teacher's identifier.</param>
/// <param name="Source">Where it was read.</param>
internal sealed record ImportedTeaching(string ClassId, string TeacherId, FileSource Source)
{
    /// <summary>Whether it is the class's first teacher of this course.</summary>
    public bool Primary { get; init; }

    /// <summary>The first day; null: the term's.</summary>
    public DateOnly? Begin { get; init; }

    /// <summary>The last day; null: the term's.</summary>
    public DateOnly? End { get; init; }

    /// <summary>Whether the file says that it ends.</summary>
    public bool Ended { get; init; }
}

/// <summary>Schools, terms, subjects, classes and teachers of a file. Pupils are counted and not kept.</summary>
internal sealed record ImportedRoster
{
    /// <summary>Schools and what they are parts of.</summary>
    public IReadOnlyList<ImportedOrg> Orgs { get; init; } = [];

    /// <summary>Terms and school years.</summary>
    public IReadOnlyList<ImportedTerm> Terms { get; init; } = [];

    /// <summary>Subjects, or the courses of OneRoster.</summary>
    public IReadOnlyList<ImportedSubject> Subjects { get; init; } = [];

    /// <summary>Classes.</summary>
    public IReadOnlyList<ImportedClass> Classes { get; init; } = [];

    /// <summary>Rooms.</summary>
    public IReadOnlyList<ImportedRoom> Rooms { get; init; } = [];

    /// <summary>Teachers.</summary>
    public IReadOnlyList<ImportedTeacher> Teachers { get; init; } = [];

    /// <summary>Who teaches whom.</summary>
    public IReadOnlyList<ImportedTeaching> Teachings { get; init; } = [];

    /// <summary>How many pupils were left out.</summary>
    public int PupilsLeftOut { get; init; }

    /// <summary>How many others (parents, guardians, clerks) were left out.</summary>
    public int OthersLeftOut { get; init; }

    /// <summary>Whether the file holds changes only; otherwise what it leaves out may have ended.</summary>
    public bool ChangesOnly { get; init; }

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<FileFault> Faults { get; init; } = [];
}
