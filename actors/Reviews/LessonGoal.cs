namespace Xunke.Actors.Reviews;

/// <summary>
/// A goal that a teacher sets for a lesson (教学目标): of a lesson of the timetable on a date, which can be set before it is held, or
/// of a lesson that nobody planned.
/// </summary>
public sealed class LessonGoal
{
    /// <summary>Unguessable name.</summary>
    public required Guid Id { get; init; }

    /// <summary>The lesson of the timetable; null: nobody planned it.</summary>
    public Guid? EntryId { get; init; }

    /// <summary>Its date before any change, with <see cref="EntryId"/>.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The lesson that nobody planned.</summary>
    public Guid? LessonId { get; init; }

    /// <summary>Who set it.</summary>
    public required string UserName { get; init; }

    /// <summary>Its place among the lesson's goals, from 1.</summary>
    public required int Order { get; set; }

    /// <summary>What pupils are to reach; 2 to 200 characters.</summary>
    public required string Text { get; set; }

    /// <summary>How it would show, such as by a question at the end; at most 200 characters, empty: not said.</summary>
    public required string Shows { get; set; }
}
