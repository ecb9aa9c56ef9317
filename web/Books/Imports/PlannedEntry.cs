using System.Security.Cryptography;
using Xunke.Actors.Timetable;

namespace Xunke.Web.Books.Imports;

/// <summary>When a class has a lesson.</summary>
internal readonly record struct EntryTime(int Weekday, int Period, int FirstWeek, int? LastWeek, int Rotation, int Turns)
{
    /// <summary>The time of a lesson on record.</summary>
    public static EntryTime Of(TimetableEntry entry) =>
        new(entry.Weekday, entry.Period, entry.FirstWeek, entry.LastWeek, entry.Rotation, entry.Turns);

    /// <summary>A new lesson at this time.</summary>
    public TimetableEntry ToEntry(string termId, string schoolId, string classId, EntryContent content) => new()
    {
        Id = new Guid(RandomNumberGenerator.GetBytes(16)),
        TermId = termId,
        SchoolId = schoolId,
        Weekday = Weekday,
        Period = Period,
        FirstWeek = FirstWeek,
        LastWeek = LastWeek,
        Rotation = Rotation,
        Turns = Turns,
        ClassId = classId,
        SubjectId = content.SubjectId,
        TeacherId = content.TeacherId,
        RoomId = content.RoomId,
    };
}

/// <summary>What a class has then. Ids of rows that are yet to be made are their names, with a mark before them.</summary>
internal readonly record struct EntryContent(string SubjectId, string? TeacherId, string? RoomId)
{
    /// <summary>The content of a lesson on record.</summary>
    public static EntryContent Of(TimetableEntry entry) => new(entry.SubjectId, entry.TeacherId, entry.RoomId);
}

/// <summary>A lesson as the file wants it.</summary>
internal readonly record struct PlannedEntry(EntryTime Time, EntryContent Content);
