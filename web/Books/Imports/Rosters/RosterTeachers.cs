using System.Security.Cryptography;
using Xunke.Actors.Books;
using Xunke.Web.Books.Editing.Rows;
using Xunke.Web.Books.Files;

namespace Xunke.Web.Books.Imports.Rosters;

/// <summary>The teachers of a list: known by their number, else by their name.</summary>
internal sealed class RosterTeachers(
    RosterFile file, RosterBooks books, RosterNames said, RosterSchools schools, RosterSubjects subjects, List<FileFault> faults)
{
    private const int LongestNumber = 40;
    private const int MostSubjects = 10;
    private const int MostGuesses = 5;
    private const double LeastAlike = 0.5;

    private readonly ILookup<string, Teacher> _ofSchool = books.Teachers.ToLookup(one => one.SchoolId);
    private readonly ILookup<(string, string?), Teacher> _byNumber = books.Teachers.ToLookup(one => (one.SchoolId, one.Number));
    private readonly ILookup<(string, string), Teacher> _byName =
        books.Teachers.ToLookup(one => (one.SchoolId, NameKeys.OfPerson(one.Name)));

    private readonly ILookup<string, ImportedTeaching> _teachings = file.Roster.Teachings.Where(one => !one.Ended)
        .ToLookup(one => one.TeacherId);

    private readonly Dictionary<string, string?> _courseOf = file.Roster.Classes.Where(one => one.Id is not null)
        .GroupBy(one => one.Id!).ToDictionary(same => same.Key, same => same.First().CourseId);

    private readonly Dictionary<string, ImportedSubject> _courses = file.Roster.Subjects.Where(one => one.Id is not null)
        .GroupBy(one => one.Id!).ToDictionary(same => same.Key, same => same.First());

    private readonly HashSet<string> _used = [];
    private readonly HashSet<string> _users = [.. books.Teachers.Select(one => one.UserName).OfType<string>()];
    private readonly List<PlannedRow<TeacherRow>> _planned = [];
    private readonly List<EndedRow> _ended = [];

    /// <summary>Teachers who are new or changed.</summary>
    public IReadOnlyList<PlannedRow<TeacherRow>> Planned => _planned;

    /// <summary>Teachers who leave, as the file says.</summary>
    public IReadOnlyList<EndedRow> Ended => _ended;

    /// <summary>How many are on the books as the list has them.</summary>
    public int Same { get; private set; }

    /// <summary>Teachers of the file's schools whom a file with teachers does not have.</summary>
    public IEnumerable<EndedRow> Missing => file.Roster.ChangesOnly || file.Roster.Teachers.Count == 0 ? []
        : books.Teachers.Where(one => schools.Named.Contains(one.SchoolId) && !_used.Contains(one.Id)).Select(Gone);

    /// <summary>Compares them.</summary>
    public void Plan()
    {
        foreach (ImportedTeacher teacher in file.Roster.Teachers)
        {
            if (schools.Of(teacher.Schools, teacher.Source, faults) is { } school)
            {
                Plan(teacher, school);
            }
        }
    }

    private void Plan(ImportedTeacher teacher, RosterSchool school)
    {
        if (teacher.Number?.Length > LongestNumber)
        {
            Tell(teacher, $"工号太长 the number is longer than {LongestNumber}");
            return;
        }

        FoundName answer = said.Settle(
            NamedThing.Teacher, school.Name, teacher.Number is null ? teacher.Name : $"{teacher.Name} {teacher.Number}",
            decision => Find(teacher, school, decision));
        Teacher? known = answer.Answer == NameAnswer.Known ? books.Teachers.First(one => one.Id == answer.RowId) : null;
        if (answer.Answer is NameAnswer.Open or NameAnswer.LeftOut || (known is null && teacher.Ended))
        {
            // Whom a person has yet to name must not count as missing.
            _used.UnionWith(answer.Guesses.Select(guess => guess.RowId));
            return;
        }

        if (known is not null && !_used.Add(known.Id))
        {
            Tell(teacher, $"“{teacher.Name}” 与另一行是同一位教师 is the same teacher as another row");
        }
        else if (known is not null && teacher.Ended)
        {
            _ended.Add(Gone(known));
        }
        else if (teacher.Number is { } number && _byNumber[(school.Id, number)].Any(other => other.Id != known?.Id))
        {
            Tell(teacher, $"工号 number “{number}” 已是另一位教师的 is another teacher's");
        }
        else
        {
            Keep(teacher, school, known);
        }
    }

    private void Keep(ImportedTeacher teacher, RosterSchool school, Teacher? known)
    {
        string[] taught = [.. (file.IsOneRoster ? Courses(teacher) : teacher.Subjects.Select(one => (Name: one, teacher.Source)))
            .Select(one => subjects.Find(one.Name, one.Source)).OfType<string>().Distinct().Take(MostSubjects)];
        IReadOnlyList<string> had = known?.SubjectIds ?? [];
        // A list says all that a teacher teaches; enrolments of OneRoster are of one term.
        string[] becomes = taught.Length == 0 ? [.. had] : file.IsOneRoster ? [.. had.Union(taught).Take(MostSubjects)] : taught;
        if (becomes.Length == had.Count && becomes.All(had.Contains))
        {
            becomes = [.. had];
        }

        string? user = known?.UserName;
        if (user is null && teacher.User is { } name && books.Accounts.Contains((school.Id, name)) && _users.Add(name))
        {
            user = name;
        }

        TeacherRow? before = known is null ? null
            : new TeacherRow(known.Id, known.SchoolId, known.Name, known.Number, known.SubjectIds, known.UserName);
        // A name on the books stays where only blanks and titles differ.
        string called = known is not null && NameKeys.OfPerson(known.Name) == NameKeys.OfPerson(teacher.Name) ? known.Name : teacher.Name;
        var row = new TeacherRow(
            known?.Id ?? $"{school.Id}-{RandomNumberGenerator.GetHexString(10, lowercase: true)}", school.Id, called,
            teacher.Number ?? known?.Number, becomes, user);
        if (before is not null && row with { SubjectIds = before.SubjectIds } == before && becomes.SequenceEqual(had))
        {
            Same++;
        }
        else
        {
            _planned.Add(new PlannedRow<TeacherRow>(row, before, teacher.Source));
        }
    }

    private FoundName Find(ImportedTeacher teacher, RosterSchool school, NameDecision? decision)
    {
        string key = NameKeys.OfPerson(teacher.Name);
        string label = teacher.Number is null ? teacher.Name : $"{teacher.Name} {teacher.Number}";
        Teacher[] same = [.. _byName[(school.Id, key)]];
        NameGuess[] guesses =
        [
            .. _ofSchool[school.Id].Select(one => (One: one, Likeness: NameKeys.Likeness(key, NameKeys.OfPerson(one.Name))))
                .Where(one => one.Likeness >= LeastAlike).OrderByDescending(one => one.Likeness)
                .ThenBy(one => one.One.Id, StringComparer.Ordinal).Take(MostGuesses)
                .Select(one => new NameGuess(one.One.Id, one.One.Number is null ? one.One.Name : $"{one.One.Name} {one.One.Number}")),
        ];
        FoundName Answer(NameAnswer answer, string? rowId) =>
            new(NamedThing.Teacher, label, 0, answer, rowId, guesses, school.Name);

        if (decision is { Answer: not NameAnswer.Open }
            && (decision.Answer != NameAnswer.Known || _ofSchool[school.Id].Any(one => one.Id == decision.RowId)))
        {
            return Answer(decision.Answer, decision.Answer == NameAnswer.Known ? decision.RowId : null);
        }

        if (teacher.Number is { } number && _byNumber[(school.Id, number)].FirstOrDefault() is { } byNumber)
        {
            // A number that has gone to somebody else is not the same person: a person has to say.
            return NameKeys.Likeness(key, NameKeys.OfPerson(byNumber.Name)) >= LeastAlike
                ? Answer(NameAnswer.Known, byNumber.Id)
                : Answer(NameAnswer.Open, null) with
                {
                    Guesses = [new NameGuess(byNumber.Id, $"{byNumber.Name} {byNumber.Number}"), .. guesses],
                };
        }

        return same switch
        {
            [var only] when teacher.Number is null || only.Number is null => Answer(NameAnswer.Known, only.Id),
            [] => Answer(NameAnswer.New, null),
            _ => Answer(NameAnswer.Open, null),
        };
    }

    private IEnumerable<(string Name, FileSource Source)> Courses(ImportedTeacher teacher) =>
        (teacher.Id is null ? [] : _teachings[teacher.Id])
            .Select(teaching => _courseOf.GetValueOrDefault(teaching.ClassId)).OfType<string>()
            .Select(course => _courses.GetValueOrDefault(course)).OfType<ImportedSubject>()
            .Where(course => !course.Ended).Select(course => (course.Name, course.Source));

    private static EndedRow Gone(Teacher one) =>
        new("teachers", one.Id, one.Number is null ? one.Name : $"{one.Name} {one.Number}", one.SchoolId);

    private void Tell(ImportedTeacher teacher, string reason) =>
        faults.Add(new FileFault(teacher.Source.Sheet, teacher.Source.Cell, reason));
}
