using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Web.Books.Files;

namespace Xunke.Web.Books.Imports;

/// <summary>The names on the books that a timetable of a school may use.</summary>
internal sealed class SchoolNames
{
    private const int MostGuesses = 5;
    private const double LeastAlike = 0.5;

    private readonly Dictionary<NamedThing, (string RowId, string Name, string Key)[]> _rows = [];

    private SchoolNames()
    {
    }

    /// <summary>Reads them.</summary>
    public static async Task<SchoolNames> ReadAsync(RecordsContext records, string schoolId, CancellationToken cancellationToken)
    {
        var names = new SchoolNames();
        List<SchoolClass> classes = await records.Classes.AsNoTracking()
            .Where(one => one.SchoolId == schoolId).ToListAsync(cancellationToken);
        List<Subject> subjects = await records.Subjects.AsNoTracking().ToListAsync(cancellationToken);
        List<Teacher> teachers = await records.Teachers.AsNoTracking()
            .Where(one => one.SchoolId == schoolId).ToListAsync(cancellationToken);
        List<Room> rooms = await records.Rooms.AsNoTracking().Where(one => one.SchoolId == schoolId).ToListAsync(cancellationToken);
        names._rows[NamedThing.Class] = [.. classes.Select(one => (one.Id, one.Name, NameKeys.OfClass(one.Name)))];
        names._rows[NamedThing.Subject] = [.. subjects.Select(one => (one.Id, one.Name, Words.Key(one.Name)))];
        names._rows[NamedThing.Teacher] =
        [
            .. teachers.Select(one => (one.Id, one.Number is null ? one.Name : $"{one.Name} {one.Number}", NameKeys.OfPerson(one.Name))),
        ];
        names._rows[NamedThing.Room] =
        [
            .. rooms.Select(one => (one.Id, one.Name, Words.Key(one.Name))),
            // A number alone is the end of the room's id.
            .. rooms.Select(one => (one.Id, one.Name, one.Id[(one.SchoolId.Length + 1)..])),
        ];
        return names;
    }

    /// <summary>What a name is: known where one row alone has it, open where rows are alike, else new; a room is left out.</summary>
    public FoundName Find(NamedThing thing, string name, int lessons, NameDecision? decision)
    {
        string key = KeyOf(thing, name);
        (string RowId, string Name, string Key)[] rows = _rows[thing];
        NameGuess[] guesses =
        [
            .. rows.Select(row => (row.RowId, row.Name, Likeness: NameKeys.Likeness(key, row.Key)))
                .Where(row => row.Likeness >= LeastAlike)
                .OrderByDescending(row => row.Likeness).ThenBy(row => row.RowId, StringComparer.Ordinal)
                .DistinctBy(row => row.RowId).Take(MostGuesses)
                .Select(row => new NameGuess(row.RowId, row.Name)),
        ];
        if (decision is { Answer: not NameAnswer.Open }
            && (decision.Answer != NameAnswer.Known || rows.Any(row => row.RowId == decision.RowId)))
        {
            return new FoundName(
                thing, name, lessons, decision.Answer, decision.Answer == NameAnswer.Known ? decision.RowId : null, guesses);
        }

        string[] same = [.. rows.Where(row => row.Key == key).Select(row => row.RowId).Distinct()];
        NameAnswer answer = same.Length == 1 ? NameAnswer.Known
            : guesses.Length > 0 ? NameAnswer.Open
            : thing == NamedThing.Room ? NameAnswer.LeftOut : NameAnswer.New;
        return new FoundName(thing, name, lessons, answer, same.Length == 1 ? same[0] : null, guesses);
    }

    private static string KeyOf(NamedThing thing, string name) => thing switch
    {
        NamedThing.Class => NameKeys.OfClass(name),
        NamedThing.Teacher => NameKeys.OfPerson(name),
        _ => Words.Key(name),
    };
}
