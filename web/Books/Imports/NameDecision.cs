namespace Xunke.Web.Books.Imports;

/// <summary>What a name in a file is the name of.</summary>
internal enum NamedThing
{
    /// <summary>A school, in a file of the whole district.</summary>
    School,

    /// <summary>A class.</summary>
    Class,

    /// <summary>A subject.</summary>
    Subject,

    /// <summary>A teacher.</summary>
    Teacher,

    /// <summary>A room.</summary>
    Room,
}

/// <summary>What becomes of a name in a file.</summary>
internal enum NameAnswer
{
    /// <summary>A person has to say.</summary>
    Open,

    /// <summary>It is a row of the books.</summary>
    Known,

    /// <summary>It is put on the books.</summary>
    New,

    /// <summary>It is left out: of a school, class or subject its lessons, of a teacher or room that alone.</summary>
    LeftOut,
}

/// <summary>What a person says about a name.</summary>
/// <param name="Thing">What it is the name of.</param>
/// <param name="Name">The name as the file has it.</param>
/// <param name="Answer">What becomes of it.</param>
/// <param name="RowId">The row that it is, where it is known.</param>
/// <param name="School">Of which school, as the file calls it; null: the file names none.</param>
internal sealed record NameDecision(NamedThing Thing, string Name, NameAnswer Answer, string? RowId, string? School = null);

/// <summary>A row of the books that a name may be.</summary>
internal sealed record NameGuess(string RowId, string Name);

/// <summary>A name in the file.</summary>
/// <param name="Thing">What it is the name of.</param>
/// <param name="Name">The name as the file has it.</param>
/// <param name="Lessons">In how many lessons it is.</param>
/// <param name="Answer">What becomes of it.</param>
/// <param name="RowId">The row that it is; null: none.</param>
/// <param name="Guesses">Rows that it may be, the likeliest first.</param>
/// <param name="School">Of which school, as the file calls it; null: the file names none.</param>
internal sealed record FoundName(
    NamedThing Thing, string Name, int Lessons, NameAnswer Answer, string? RowId, IReadOnlyList<NameGuess> Guesses, string? School = null);
