using System.Globalization;
using System.Security.Cryptography;
using Xunke.Actors.Books;
using Xunke.Web.Books.Editing.Rows;
using Xunke.Web.Books.Files;

namespace Xunke.Web.Books.Imports.Rosters;

/// <summary>The classes of a list: known by their name, however it is written.</summary>
internal sealed class RosterClasses(
    RosterFile file, RosterBooks books, RosterNames said, RosterSchools schools, RosterRooms rooms, List<FileFault> faults)
{
    private static readonly string[] Grades =
        ["一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "七年级", "八年级", "九年级", "高一", "高二", "高三"];

    private readonly Dictionary<string, SchoolClass> _byId = books.Classes.ToDictionary(one => one.Id);
    private readonly HashSet<string> _used = [];
    private readonly HashSet<(string School, string Key)> _new = [];
    private readonly List<PlannedRow<ClassRow>> _planned = [];
    private readonly List<EndedRow> _ended = [];

    /// <summary>Classes that are new or changed.</summary>
    public IReadOnlyList<PlannedRow<ClassRow>> Planned => _planned;

    /// <summary>Classes that end, as the file says.</summary>
    public IReadOnlyList<EndedRow> Ended => _ended;

    /// <summary>How many are on the books as the list has them.</summary>
    public int Same { get; private set; }

    /// <summary>Classes of the file's schools that a file with classes does not have.</summary>
    public IEnumerable<EndedRow> Missing => file.Roster.ChangesOnly || file.Roster.Classes.Count == 0 ? []
        : books.Classes.Where(one => schools.Named.Contains(one.SchoolId) && !_used.Contains(one.Id)).Select(Gone);

    /// <summary>Compares them.</summary>
    public void Plan()
    {
        // Most classes of OneRoster are a course of a class; a school that lists its classes, too, has each once.
        HashSet<string?> withClasses = [.. file.Roster.Classes.Where(one => !one.IsCourse).Select(one => one.School)];
        foreach (ImportedClass one in file.Roster.Classes.Where(one => !one.IsCourse || !withClasses.Contains(one.School)))
        {
            if (schools.Of(one.School is null ? [] : [one.School], one.Source, faults) is { } school)
            {
                Plan(one, school);
            }
        }
    }

    private void Plan(ImportedClass one, RosterSchool school)
    {
        FoundName answer = said.Settle(NamedThing.Class, school.Name, one.Name, decision =>
        {
            FoundName found = books.Names.Find(NamedThing.Class, school.Id, school.Name, one.Name, 0, decision);
            // Every class is like its neighbours: one that is not the same is new.
            bool isAnother = found.Answer == NameAnswer.Open && books.Classes.All(
                other => other.SchoolId != school.Id || NameKeys.OfClass(other.Name) != NameKeys.OfClass(one.Name));
            return isAnother ? found with { Answer = NameAnswer.New } : found;
        });
        SchoolClass? known = answer is { Answer: NameAnswer.Known, RowId: { } id } ? _byId[id] : null;
        if (answer.Answer is NameAnswer.Open or NameAnswer.LeftOut || (known is null && one.Ended))
        {
            _used.UnionWith(answer.Guesses.Select(guess => guess.RowId));
            return;
        }

        if (known is null ? !_new.Add((school.Id, NameKeys.OfClass(one.Name))) : !_used.Add(known.Id))
        {
            // Courses of one class that are listed without their class are that class once.
            if (!one.IsCourse)
            {
                faults.Add(new FileFault(one.Source.Sheet, one.Source.Cell, $"“{one.Name}” 与另一行是同一个班 is the same class as another row"));
            }
        }
        else if (known is not null && one.Ended)
        {
            _ended.Add(Gone(known));
        }
        else
        {
            Keep(one, school, known);
        }
    }

    private void Keep(ImportedClass one, RosterSchool school, SchoolClass? known)
    {
        ClassRow? before = known is null ? null
            : new ClassRow(known.Id, known.SchoolId, known.Name, known.Grade, known.Enrolled, known.RoomId);
        string? room = one.Room is { } named ? rooms.Find(school, named) : null;
        var row = new ClassRow(
            known?.Id ?? $"{school.Id}-{RandomNumberGenerator.GetHexString(10, lowercase: true)}", school.Id, known?.Name ?? one.Name,
            GradeOf(one.Grade) ?? known?.Grade ?? Places.FindGrade(one.Name) ?? one.Name, one.Pupils ?? known?.Enrolled ?? 0,
            room ?? known?.RoomId);
        if (row == before)
        {
            Same++;
        }
        else
        {
            _planned.Add(new PlannedRow<ClassRow>(row, before, one.Source));
        }
    }

    // OneRoster numbers the grades: 03 is 三年级.
    private static string? GradeOf(string? grade) =>
        int.TryParse(grade, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= Grades.Length
            ? Grades[number - 1] : grade;

    private static EndedRow Gone(SchoolClass one) => new("classes", one.Id, one.Name, one.SchoolId);
}
