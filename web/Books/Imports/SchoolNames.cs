using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Web.Books.Files;

namespace Xunke.Web.Books.Imports;

/// <summary>The names on the books that a file of a school, or of the district, may use.</summary>
internal sealed class SchoolNames
{
    private const int MostGuesses = 5;
    private const double LeastAlike = 0.5;

    private readonly ILookup<(NamedThing Thing, string? SchoolId), Row> _rows;

    private SchoolNames(IEnumerable<Row> rows) => _rows = rows.ToLookup(row => (row.Thing, row.SchoolId));

    /// <summary>Reads them.</summary>
    /// <param name="records">The records.</param>
    /// <param name="schoolId">The school; null: all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SchoolNames> ReadAsync(RecordsContext records, string? schoolId, CancellationToken cancellationToken)
    {
        bool all = schoolId is null;
        List<School> schools = await records.Schools.AsNoTracking()
            .Where(one => all || one.Id == schoolId).ToListAsync(cancellationToken);
        List<SchoolClass> classes = await records.Classes.AsNoTracking()
            .Where(one => all || one.SchoolId == schoolId).ToListAsync(cancellationToken);
        List<Subject> subjects = await records.Subjects.AsNoTracking().ToListAsync(cancellationToken);
        List<Teacher> teachers = await records.Teachers.AsNoTracking()
            .Where(one => all || one.SchoolId == schoolId).ToListAsync(cancellationToken);
        List<Room> rooms = await records.Rooms.AsNoTracking().Where(one => all || one.SchoolId == schoolId).ToListAsync(cancellationToken);
        return new SchoolNames(
        [
            .. schools.Select(one => new Row(NamedThing.School, null, one.Id, one.Name, Words.Key(one.Name))),
            .. schools.Select(one => new Row(NamedThing.School, null, one.Id, one.Name, one.Id)),
            .. classes.Select(one => new Row(NamedThing.Class, one.SchoolId, one.Id, one.Name, NameKeys.OfClass(one.Name))),
            .. subjects.Select(one => new Row(NamedThing.Subject, null, one.Id, one.Name, Words.Key(one.Name))),
            .. teachers.Select(one => new Row(
                NamedThing.Teacher, one.SchoolId, one.Id, one.Number is null ? one.Name : $"{one.Name} {one.Number}",
                NameKeys.OfPerson(one.Name))),
            .. rooms.Select(one => new Row(NamedThing.Room, one.SchoolId, one.Id, one.Name, Words.Key(one.Name))),
            // A number alone is the end of the room's id.
            .. rooms.Select(one => new Row(NamedThing.Room, one.SchoolId, one.Id, one.Name, one.Id[(one.SchoolId.Length + 1)..])),
        ]);
    }

    /// <summary>What a name is: known where one row alone has it, open where rows are alike, else new; a room or a school is
    /// left out.</summary>
    /// <param name="thing">What it is the name of.</param>
    /// <param name="schoolId">Whose rows count; null: a school or a subject.</param>
    /// <param name="school">That school as the file calls it; null: it names none.</param>
    /// <param name="name">The name.</param>
    /// <param name="lessons">In how many lessons it is.</param>
    /// <param name="decision">What a person has said; null: nothing.</param>
    /// <param name="mayMakeAll">Whether schools and rooms, too, may be put on the books: lists do that, timetables do not.</param>
    public FoundName Find(NamedThing thing, string? schoolId, string? school, string name, int lessons, NameDecision? decision,
        bool mayMakeAll = false)
    {
        string key = KeyOf(thing, name);
        Row[] rows = [.. _rows[(thing, schoolId)]];
        string[] same = [.. rows.Where(row => row.Key == key).Select(row => row.RowId).Distinct()];
        NameGuess[] guesses = Guesses(key, rows);
        FoundName Answer(NameAnswer answer, string? rowId) => new(thing, name, lessons, answer, rowId, guesses, school);

        bool mayBeMade = mayMakeAll || thing is not (NamedThing.Room or NamedThing.School);
        if (decision is { Answer: not NameAnswer.Open }
            && (decision.Answer != NameAnswer.Known || rows.Any(row => row.RowId == decision.RowId))
            && (decision.Answer != NameAnswer.New || mayBeMade))
        {
            return Answer(decision.Answer, decision.Answer == NameAnswer.Known ? decision.RowId : null);
        }

        return same.Length == 1 ? Answer(NameAnswer.Known, same[0])
            : guesses.Length > 0 ? Answer(NameAnswer.Open, null)
            : Answer(mayBeMade ? NameAnswer.New : NameAnswer.LeftOut, null);
    }

    private static NameGuess[] Guesses(string key, Row[] rows) =>
    [
        .. rows.Select(row => (row.RowId, row.Name, Likeness: NameKeys.Likeness(key, row.Key)))
            .Where(row => row.Likeness >= LeastAlike)
            .OrderByDescending(row => row.Likeness).ThenBy(row => row.RowId, StringComparer.Ordinal)
            .DistinctBy(row => row.RowId).Take(MostGuesses)
            .Select(row => new NameGuess(row.RowId, row.Name)),
    ];

    private static string KeyOf(NamedThing thing, string name) => thing switch
    {
        NamedThing.Class => NameKeys.OfClass(name),
        NamedThing.Teacher => NameKeys.OfPerson(name),
        _ => Words.Key(name),
    };

    private sealed record Row(NamedThing Thing, string? SchoolId, string RowId, string Name, string Key);
}
