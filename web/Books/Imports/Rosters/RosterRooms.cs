using System.Security.Cryptography;
using Xunke.Actors.Books;
using Xunke.Web.Books.Editing.Rows;
using Xunke.Web.Books.Files;

namespace Xunke.Web.Books.Imports.Rosters;

/// <summary>The rooms of a list, and those that its classes name.</summary>
internal sealed class RosterRooms(RosterBooks books, RosterNames said, RosterSchools schools, List<FileFault> faults)
{
    private const int LongestId = 40;

    private readonly Dictionary<string, Room> _byId = books.Rooms.ToDictionary(room => room.Id);
    private readonly Dictionary<(string School, string Key), string> _made = [];
    private readonly HashSet<string> _used = [];
    private readonly List<PlannedRow<RoomRow>> _planned = [];

    /// <summary>Rooms that are new or changed.</summary>
    public IReadOnlyList<PlannedRow<RoomRow>> Planned => _planned;

    /// <summary>How many are on the books as the list has them.</summary>
    public int Same { get; private set; }

    /// <summary>Compares a list of rooms. A room that the list does not have stays: a camera may be in it.</summary>
    public void Plan(IReadOnlyList<ImportedRoom> rooms)
    {
        foreach (ImportedRoom room in rooms)
        {
            if (schools.Of(room.School is null ? [] : [room.School], room.Source, faults) is { } school)
            {
                Plan(room, school);
            }
        }
    }

    /// <summary>The room that a class names; null: none on the books, or a person has to say which.</summary>
    public string? Find(RosterSchool school, string name) =>
        _made.TryGetValue((school.Id, Words.Key(name)), out string? made) ? made
        : said.Settle(
            NamedThing.Room, school.Name, name, decision => books.Names.Find(NamedThing.Room, school.Id, school.Name, name, 0, decision))
            is { Answer: NameAnswer.Known } known ? known.RowId : null;

    private void Plan(ImportedRoom room, RosterSchool school)
    {
        string? number = room.Number?.ToLowerInvariant();
        Room? known = number is not null && _byId.TryGetValue($"{school.Id}-{number}", out Room? byNumber) ? byNumber
            : Known(room, school, number);
        if (known is null && number is not null && !BookRow.IsId(number))
        {
            faults.Add(new FileFault(room.Source.Sheet, room.Source.Cell,
                $"教室编号 room number “{room.Number}” 应为字母、数字和连字符 must be letters, digits and hyphens"));
            return;
        }

        string id = known?.Id ?? $"{school.Id}-{number ?? RandomNumberGenerator.GetHexString(6, lowercase: true)}";
        if (id.Length > LongestId || !_used.Add(id))
        {
            faults.Add(new FileFault(room.Source.Sheet, room.Source.Cell, $"“{room.Name}” 与另一行是同一间教室 is the same room as another row"));
            return;
        }

        foreach (string word in new[] { room.Name, room.Number }.OfType<string>())
        {
            _made.TryAdd((school.Id, Words.Key(word)), id);
        }

        RoomRow? before = known is null ? null : new RoomRow(known.Id, known.SchoolId, known.Name, known.Grade, known.Enrolled);
        var row = new RoomRow(
            id, school.Id, number is null ? before?.Name ?? room.Name : room.Name, room.Grade ?? before?.Grade ?? room.Name,
            room.Pupils ?? before?.Enrolled ?? 0);
        if (row == before)
        {
            Same++;
        }
        else
        {
            _planned.Add(new PlannedRow<RoomRow>(row, before, room.Source));
        }
    }

    // Without a number only a name that is the same tells; one that is merely alike is another room.
    private Room? Known(ImportedRoom room, RosterSchool school, string? number)
    {
        string key = Words.Key(room.Name);
        Room[] same = [.. books.Rooms.Where(one => one.SchoolId == school.Id
            && (Words.Key(one.Name) == key || (number is null && one.Id == $"{school.Id}-{key}")))];
        return number is null && same.Length == 1 ? same[0] : null;
    }
}
