using Xunke.Actors.Timetable;

namespace Xunke.Actors.Visits;

/// <summary>Which lesson of the timetable somebody looked at, as it was then, after all changes.</summary>
public sealed class VisitedLesson
{
    /// <summary>The lesson of the timetable.</summary>
    public required Guid EntryId { get; init; }

    /// <summary>Its date before any change.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The number of its period.</summary>
    public required int Period { get; init; }

    /// <summary>The class.</summary>
    public required string ClassId { get; init; }

    /// <summary>The subject.</summary>
    public required string SubjectId { get; init; }

    /// <summary>Who was to give it; null: not known.</summary>
    public string? TeacherId { get; init; }

    /// <summary>What the timetable has in a room at a time.</summary>
    public static VisitedLesson? Of(RoomPlan? plan) => plan?.Now is { } lesson
        ? new VisitedLesson
        {
            EntryId = lesson.EntryId,
            Date = lesson.Unchanged.Date,
            Period = lesson.Period.Period.Number,
            ClassId = lesson.ClassId,
            SubjectId = lesson.SubjectId,
            TeacherId = lesson.TeacherId,
        }
        : null;
}
