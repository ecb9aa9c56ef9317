namespace Xunke.Actors.Timetable;

/// <summary>What is needed in two places at once.</summary>
public enum ConflictKind
{
    /// <summary>A class.</summary>
    Class,

    /// <summary>A teacher.</summary>
    Teacher,

    /// <summary>A room.</summary>
    Room,
}

/// <summary>Two lessons of the timetable that cannot both be held.</summary>
/// <param name="Kind">What both need.</param>
/// <param name="Id">Which class, teacher or room.</param>
/// <param name="One">A lesson.</param>
/// <param name="Other">Another, at the same period.</param>
/// <param name="FirstDate">The first date on which they meet, holidays aside.</param>
/// <param name="Dates">On how many dates of the term they meet.</param>
public sealed record TimetableConflict(
    ConflictKind Kind, string Id, TimetableEntry One, TimetableEntry Other, DateOnly FirstDate, int Dates);
