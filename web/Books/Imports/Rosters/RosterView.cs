using Xunke.Actors.Books;
using Xunke.Web.Books.Editing;
using Xunke.Web.Books.Editing.Rows;
using Xunke.Web.Books.Files;

namespace Xunke.Web.Books.Imports.Rosters;

/// <summary>A row that would be added, changed, ended or kept, in words.</summary>
/// <param name="What">added, changed, ended, or kept: it would end, but something needs it.</param>
/// <param name="Book">The book, such as "teachers".</param>
/// <param name="School">The school's name; null: the district's.</param>
/// <param name="Name">The row's name.</param>
/// <param name="Before">What it is; null: it is not there.</param>
/// <param name="After">What it becomes; null: it goes.</param>
/// <param name="Sheet">The sheet or file that says it; null: none does.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Uses">What needs a row that is kept.</param>
internal sealed record RosterChangeView(
    string What, string Book, string? School, string Name, string? Before, string? After, string? Sheet, string? Cell,
    IReadOnlyList<BookUse> Uses);

/// <summary>How many rows of a book would change.</summary>
internal sealed record RosterBookView(string Book, int Added, int Changed, int Ended);

/// <summary>Lists that are about to be imported, and what they would do.</summary>
/// <param name="ImportId">Its name.</param>
/// <param name="FileName">The file, or files.</param>
/// <param name="Format">What it was taken for.</param>
/// <param name="Books">What would change, book by book.</param>
/// <param name="Same">Rows that are on the books as they are.</param>
/// <param name="LeftOut">Rows that are left out with their school.</param>
/// <param name="Missing">Teachers and classes on the books that the file does not have.</param>
/// <param name="EndMissing">Whether those end.</param>
/// <param name="Pupils">Pupils' rows in the file: counted for each class, and not kept.</param>
/// <param name="Others">Rows of parents and others: not kept.</param>
/// <param name="Terms">Terms in the file: they are made by hand.</param>
/// <param name="Names">Names that a person may have a say in; the open ones first; at most 600.</param>
/// <param name="NameCount">How many names there are.</param>
/// <param name="OpenNames">How many of them wait for an answer.</param>
/// <param name="MayCommit">Whether nothing is open, and something would change.</param>
/// <param name="Changes">Some of the changes.</param>
/// <param name="ChangeCount">How many there are.</param>
/// <param name="Faults">What could not be read, with sheet and cell.</param>
/// <param name="FaultCount">How many such places there are.</param>
internal sealed record RosterView(
    Guid ImportId, string FileName, string Format, IReadOnlyList<RosterBookView> Books, int Same, int LeftOut, int Missing, bool EndMissing,
    int Pupils, int Others, int Terms, IReadOnlyList<FoundName> Names, int NameCount, int OpenNames, bool MayCommit,
    IReadOnlyList<RosterChangeView> Changes, int ChangeCount, IReadOnlyList<FileFault> Faults, int FaultCount)
{
    private const int MostChanges = 200;
    private const int MostFaults = 200;
    private const int MostNames = 600;

    /// <summary>Puts it together.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="preview">What it would do.</param>
    /// <param name="books">The names on the books.</param>
    public static RosterView Of(RosterDraft draft, RosterPreview preview, RosterBooks books)
    {
        RosterPlan plan = preview.Plan;
        ImportedRoster roster = draft.File.Roster;
        var words = new RosterWords(plan, books);
        RosterChangeView[] changes =
        [
            .. preview.Ending.Select(row => words.Tell("ended", row, [])),
            .. preview.Kept.Select(kept => words.Tell("kept", kept.Row, kept.Uses)),
            .. plan.Schools.Select(row => words.Tell("schools", row)),
            .. plan.Subjects.Select(row => words.Tell("subjects", row)),
            .. plan.Rooms.Select(row => words.Tell("rooms", row)),
            .. plan.Teachers.Select(row => words.Tell("teachers", row)),
            .. plan.Classes.Select(row => words.Tell("classes", row)),
        ];
        int open = plan.Names.Count(name => name.Answer == NameAnswer.Open);
        return new RosterView(
            draft.Id, draft.File.Name, draft.File.Format,
            [
                .. changes.Where(one => one.What != "kept").GroupBy(one => one.Book).Select(same => new RosterBookView(
                    same.Key, same.Count(one => one.What == "added"), same.Count(one => one.What == "changed"),
                    same.Count(one => one.What == "ended"))),
            ],
            plan.Same, plan.LeftOut, plan.Missing, draft.EndMissing, roster.PupilsLeftOut, roster.OthersLeftOut, roster.Terms.Count,
            // Names that are what they are on the books need nobody's look.
            [.. plan.Names.OrderBy(name => name.Answer == NameAnswer.Known).Take(MostNames)], plan.Names.Count, open,
            open == 0 && changes.Any(one => one.What != "kept"), [.. changes.Take(MostChanges)], changes.Length,
            [.. plan.Faults.Take(MostFaults)], plan.Faults.Count);
    }
}

/// <summary>Says rows of lists in words, which are names alone and so need no language.</summary>
internal sealed class RosterWords
{
    private readonly Dictionary<string, string> _schools;
    private readonly Dictionary<string, string> _subjects;
    private readonly Dictionary<string, string> _rooms;

    /// <summary>Takes the names on the books and those that are put on them.</summary>
    public RosterWords(RosterPlan plan, RosterBooks books)
    {
        _schools = books.Schools.Select(one => (one.Id, one.Name))
            .Concat(plan.Schools.Select(one => (Id: one.Row.Id!, Name: one.Row.Name!))).ToDictionary(one => one.Id, one => one.Name);
        _subjects = books.Subjects.Select(one => (one.Id, one.Name))
            .Concat(plan.Subjects.Select(one => (Id: one.Row.Id!, Name: one.Row.Name!))).ToDictionary(one => one.Id, one => one.Name);
        _rooms = books.Rooms.Select(one => (one.Id, one.Name)).Concat(plan.Rooms.Select(one => (Id: one.Row.Id!, Name: one.Row.Name!)))
            .DistinctBy(one => one.Id).ToDictionary(one => one.Id, one => one.Name);
    }

    /// <summary>A row that ends or is kept.</summary>
    public RosterChangeView Tell(string what, EndedRow row, IReadOnlyList<BookUse> uses) =>
        new(what, row.Book, School(row.SchoolId), row.Name, row.Name, null, null, null, uses);

    /// <summary>A row that is new or changed.</summary>
    public RosterChangeView Tell<TRow>(string book, PlannedRow<TRow> planned)
        where TRow : class, IBookRow => new(
            planned.Before is null ? "added" : "changed", book, School(planned.Row.SchoolId), Name(planned.Row),
            planned.Before is null ? null : Say(planned.Before), Say(planned.Row), planned.Source.Sheet, planned.Source.Cell, []);

    private static string Name(IBookRow row) => row switch
    {
        SchoolRow school => school.Name!,
        SubjectRow subject => subject.Name!,
        RoomRow room => room.Name!,
        TeacherRow teacher => teacher.Name!,
        ClassRow one => one.Name!,
        _ => row.Id!,
    };

    private string Say(IBookRow row) => string.Join(" · ", Parts(row).Where(part => !string.IsNullOrEmpty(part)));

    private IEnumerable<string?> Parts(IBookRow row) => row switch
    {
        TeacherRow teacher =>
        [
            teacher.Name, teacher.Number, string.Join('、', teacher.SubjectIds!.Select(id => _subjects.GetValueOrDefault(id, id))),
            teacher.UserName,
        ],
        ClassRow one =>
        [
            one.Name, one.Grade, one.Enrolled > 0 ? $"{one.Enrolled}" : null,
            one.RoomId is { } room ? _rooms.GetValueOrDefault(room, room) : null,
        ],
        RoomRow room => [room.Name, room.Id, room.Grade, room.Enrolled > 0 ? $"{room.Enrolled}" : null],
        SchoolRow school => [school.Name, school.Id],
        _ => [Name(row)],
    };

    private string? School(string? id) => id is null ? null : _schools.GetValueOrDefault(id, id);
}
