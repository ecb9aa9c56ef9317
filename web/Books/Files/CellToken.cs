namespace Xunke.Web.Books.Files;

/// <summary>A part of a cell.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Sure">What it surely is; Nothing: it cannot be told.</param>
internal readonly record struct CellToken(string Text, SheetFact Sure)
{
    /// <summary>Tells a part by itself.</summary>
    public static CellToken Of(string text) => new(
        text,
        Subjects.IsKnown(text) ? SheetFact.Subject
        : Places.IsClass(text) ? SheetFact.Class
        : Places.IsRoom(text) ? SheetFact.Room
        : People.IsName(text) || IsNames(text) ? SheetFact.Teacher
        : SheetFact.Nothing);

    /// <summary>Whether it may be what is asked for.</summary>
    public bool MayBe(SheetFact fact) => Sure == fact || fact switch
    {
        SheetFact.Subject => Sure is SheetFact.Nothing or SheetFact.Teacher,
        SheetFact.Teacher => Sure == SheetFact.Nothing && (People.LooksLikeName(Text) || Text.Any(char.IsAsciiLetter)),
        SheetFact.Room => Sure == SheetFact.Nothing && Places.MayBeRoom(Text),
        SheetFact.Class => Sure == SheetFact.Nothing && Text.Any(char.IsAsciiDigit),
        _ => false,
    };

    private static bool IsNames(string text) => text.Contains('、', StringComparison.Ordinal) && text.Split('、').All(People.IsName);
}
