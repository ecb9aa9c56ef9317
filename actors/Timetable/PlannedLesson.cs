namespace Xunke.Actors.Timetable;

/// <summary>Whether a planned lesson is to be in its room.</summary>
public enum LessonState
{
    /// <summary>It is.</summary>
    Held,

    /// <summary>It is not held.</summary>
    Cancelled,

    /// <summary>It is held in no room on the books.</summary>
    Elsewhere,
}

/// <summary>A lesson as the timetable has it without changes.</summary>
/// <param name="Date">Its date, which changes name it by.</param>
/// <param name="TeacherId">The teacher; null: not known.</param>
/// <param name="RoomId">The room; null: none.</param>
/// <param name="Period">When; null: no day plan has the period.</param>
public sealed record UnchangedLesson(DateOnly Date, string? TeacherId, string? RoomId, PlannedPeriod? Period)
{
    /// <summary>Whether it would be in a room at an instant.</summary>
    public bool IsAt(string roomId, DateTimeOffset at) => RoomId == roomId && Period?.Contains(at) == true;
}

/// <summary>A lesson on a date, after all changes.</summary>
/// <param name="EntryId">The lesson of the timetable.</param>
/// <param name="ClassId">The class.</param>
/// <param name="SubjectId">The subject.</param>
/// <param name="TeacherId">Who gives it; null: not known.</param>
/// <param name="RoomId">The room; null: none.</param>
/// <param name="Date">The date.</param>
/// <param name="Period">The period, with its times on the date.</param>
/// <param name="State">Whether it is to be in the room.</param>
/// <param name="Change">The latest change of it; null: it is as the timetable has it.</param>
/// <param name="Unchanged">As it would be without changes.</param>
public sealed record PlannedLesson(
    Guid EntryId, string ClassId, string SubjectId, string? TeacherId, string? RoomId, DateOnly Date, PlannedPeriod Period,
    LessonState State, TimetableChange? Change, UnchangedLesson Unchanged)
{
    /// <summary>When it begins, in UTC.</summary>
    public DateTimeOffset From => Period.From;

    /// <summary>When it ends, in UTC.</summary>
    public DateTimeOffset To => Period.To;

    /// <summary>Whether it is to be in a room at an instant.</summary>
    public bool IsAt(string roomId, DateTimeOffset at) => State == LessonState.Held && RoomId == roomId && Period.Contains(at);
}
