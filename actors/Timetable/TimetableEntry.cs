namespace Xunke.Actors.Timetable;

/// <summary>A lesson of the timetable (课表): a class, with a teacher, in a room, at a period of a weekday.</summary>
public sealed class TimetableEntry
{
    /// <summary>Unguessable name.</summary>
    public required Guid Id { get; init; }

    /// <summary>The term.</summary>
    public required string TermId { get; init; }

    /// <summary>The school.</summary>
    public required string SchoolId { get; init; }

    /// <summary>1 (Monday) to 7.</summary>
    public required int Weekday { get; set; }

    /// <summary>The period's number, 1 to 20.</summary>
    public required int Period { get; set; }

    /// <summary>The first week of the term that it is in, from 1.</summary>
    public required int FirstWeek { get; set; }

    /// <summary>The last week; null: to the end of the term.</summary>
    public int? LastWeek { get; set; }

    /// <summary>Weeks of its rotation, 1 to 4: every week, odd and even weeks (单双周), or longer.</summary>
    public required int Rotation { get; set; }

    /// <summary>The weeks of the rotation that it is in, a bit each: 1 is the first, so that odd weeks are rotation 2, turns 1.</summary>
    public required int Turns { get; set; }

    /// <summary>The one date that it is on, whatever weekday and weeks say; null: every week that they say.</summary>
    public DateOnly? Date { get; set; }

    /// <summary>The class.</summary>
    public required string ClassId { get; set; }

    /// <summary>The subject.</summary>
    public required string SubjectId { get; set; }

    /// <summary>The teacher; null: not known.</summary>
    public string? TeacherId { get; set; }

    /// <summary>The room; null: the class's own.</summary>
    public string? RoomId { get; set; }
}
