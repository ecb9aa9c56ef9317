using Xunke.Web.Books.Editing.Rows;
using Xunke.Web.Books.Files;

namespace Xunke.Web.Books.Imports.Rosters;

/// <summary>What lists would do to the books.</summary>
internal sealed record RosterPlan
{
    /// <summary>Names that a person may have a say in.</summary>
    public required IReadOnlyList<FoundName> Names { get; init; }

    /// <summary>Schools that are put on the books.</summary>
    public required IReadOnlyList<PlannedRow<SchoolRow>> Schools { get; init; }

    /// <summary>Subjects that are put on the books.</summary>
    public required IReadOnlyList<PlannedRow<SubjectRow>> Subjects { get; init; }

    /// <summary>Rooms that are new or changed.</summary>
    public required IReadOnlyList<PlannedRow<RoomRow>> Rooms { get; init; }

    /// <summary>Teachers who are new or changed.</summary>
    public required IReadOnlyList<PlannedRow<TeacherRow>> Teachers { get; init; }

    /// <summary>Classes that are new or changed.</summary>
    public required IReadOnlyList<PlannedRow<ClassRow>> Classes { get; init; }

    /// <summary>Rows that the file ends, or that it does not have where those are to end.</summary>
    public required IReadOnlyList<EndedRow> Ended { get; init; }

    /// <summary>How many rows are on the books as the file has them.</summary>
    public required int Same { get; init; }

    /// <summary>How many rows of the file are left out with their school.</summary>
    public required int LeftOut { get; init; }

    /// <summary>How many classes, teachers and rooms of the file's schools it does not have.</summary>
    public required int Missing { get; init; }

    /// <summary>What cannot be read or kept, with sheet and cell.</summary>
    public required IReadOnlyList<FileFault> Faults { get; init; }

    /// <summary>Whether a person has to say something yet.</summary>
    public bool IsOpen => Names.Any(name => name.Answer == NameAnswer.Open);

    /// <summary>Rows that are new or changed.</summary>
    public int Changes => Schools.Count + Subjects.Count + Rooms.Count + Teachers.Count + Classes.Count;

    /// <summary>Works it out.</summary>
    public static RosterPlan Of(RosterDraft draft, RosterBooks books)
    {
        ImportedRoster roster = draft.File.Roster;
        var said = new RosterNames(draft.Decisions);
        var faults = new List<FileFault>(roster.Faults);
        var schools = new RosterSchools(draft, books, said);
        var subjects = new RosterSubjects(roster, books, said);
        var rooms = new RosterRooms(books, said, schools, faults);
        var teachers = new RosterTeachers(draft.File, books, said, schools, subjects, faults);
        var classes = new RosterClasses(draft.File, books, said, schools, rooms, faults);
        rooms.Plan(roster.Rooms);
        teachers.Plan();
        classes.Plan();
        List<EndedRow> ended = [.. teachers.Ended, .. classes.Ended];
        EndedRow[] missing = [.. teachers.Missing, .. classes.Missing];
        return new RosterPlan
        {
            Names = said.All,
            Schools = schools.Planned,
            Subjects = subjects.Planned,
            Rooms = rooms.Planned,
            Teachers = teachers.Planned,
            Classes = classes.Planned,
            Ended = draft.EndMissing ? [.. ended, .. missing] : ended,
            Same = rooms.Same + teachers.Same + classes.Same,
            LeftOut = schools.LeftOut,
            Missing = missing.Length,
            Faults = faults,
        };
    }
}
