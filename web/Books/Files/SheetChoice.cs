namespace Xunke.Web.Books.Files;

/// <summary>What a person, or a guess, says a table of a workbook is. It can be kept and used for the next file of the same form.</summary>
/// <param name="Sheet">The sheet's name.</param>
/// <param name="Region">The table with its headers, without titles and notes.</param>
internal sealed record SheetChoice(string Sheet, CellRange Region)
{
    /// <summary>The header rows of a grid, or the one header row of a list.</summary>
    public IReadOnlyList<HeaderLine> Top { get; init; } = [];

    /// <summary>The header columns of a grid; of a list, what each column says.</summary>
    public IReadOnlyList<HeaderLine> Left { get; init; } = [];

    /// <summary>Whether each row is a lesson.</summary>
    public bool IsList { get; init; }

    /// <summary>What the parts of a grid's cell say, in their order.</summary>
    public IReadOnlyList<SheetFact> CellOrder { get; init; } = [SheetFact.Subject];

    /// <summary>Whom the whole table is of: a class, a teacher or a room; Nothing: the headers say it.</summary>
    public SheetFact Owner { get; init; }

    /// <summary>The name of that class, teacher or room; null: it is not known, and a person has to say it.</summary>
    public string? OwnerName { get; init; }

    /// <summary>The subject of the whole table, where its title names one and its cells do not; null: they do.</summary>
    public string? Subject { get; init; }

    /// <summary>Whether the table is not read.</summary>
    public bool LeftOut { get; init; }

    /// <summary>Whether a person said something of it, in this file.</summary>
    public bool IsSaid { get; init; }

    /// <summary>The kept choice that it follows; null: it is guessed.</summary>
    public Guid? Kept { get; init; }

    /// <summary>The table's form, by which a kept choice is found for another file.</summary>
    public string Signature { get; init; } = string.Empty;

    /// <summary>The region as it was guessed, before a person marked another one.</summary>
    public CellRange Found { get; init; }

    /// <summary>Uses this choice, which was made for another file, for a table of the same form.</summary>
    /// <param name="guess">What was guessed for that table.</param>
    public SheetChoice MovedTo(SheetChoice guess) => this with
    {
        Sheet = guess.Sheet,
        Found = guess.Found,
        Region = new CellRange(Move(guess.Found.From, Found.From, Region.From), Move(guess.Found.To, Found.To, Region.To)),
        Subject = guess.Subject,
        Signature = guess.Signature,
        IsSaid = false,
        OwnerName = Owner == guess.Owner ? guess.OwnerName : Owner == SheetFact.Nothing ? null : Words.Name(guess.Sheet),
    };

    /// <summary>How it is laid out.</summary>
    public SheetLayout Layout =>
        IsList ? SheetLayout.List
        : Owner == SheetFact.Teacher ? SheetLayout.TeacherGrid
        : Owner == SheetFact.Room ? SheetLayout.RoomGrid
        : Top.Concat(Left).Any(line => line.Fact == SheetFact.Teacher) ? SheetLayout.AllTeachersGrid
        : Left.Any(line => line.Fact == SheetFact.Class) ? SheetLayout.SchoolGrid
        : Top.Any(line => line.Fact == SheetFact.Class) ? SheetLayout.SchoolGridTransposed
        : Left.Any(line => line.Fact == SheetFact.Weekday) ? SheetLayout.ClassGridTransposed
        : SheetLayout.ClassGrid;

    private static CellAddress Move(CellAddress to, CellAddress from, CellAddress marked) =>
        new(Math.Max(0, to.Row + marked.Row - from.Row), Math.Max(0, to.Column + marked.Column - from.Column));
}
