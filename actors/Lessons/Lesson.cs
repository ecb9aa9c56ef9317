namespace Xunke.Actors.Lessons;

/// <summary>
/// What was seen and heard in one lesson of one room, for its snapshot. Neither picture nor sound nor voice is in it: seats, their
/// behaviours, where the teacher was, and who spoke when.
/// </summary>
public sealed class Lesson
{
    /// <summary>Unguessable name of the lesson.</summary>
    public required Guid Id { get; init; }

    /// <summary>The room.</summary>
    public required string RoomId { get; init; }

    /// <summary>The room's school, kept here for a principal's list.</summary>
    public required string SchoolId { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When it ended, or how far it is known while it lasts.</summary>
    public required DateTimeOffset To { get; set; }

    /// <summary>Whether it is over.</summary>
    public bool Ended { get; set; }

    /// <summary>What the timetable had for the room; null: nothing, or there was no timetable.</summary>
    public Guid? EntryId { get; init; }

    /// <summary>Who gave it by the timetable; null: not known.</summary>
    public string? TeacherId { get; init; }

    /// <summary>The class that had it by the timetable; null: not known.</summary>
    public string? ClassId { get; init; }

    /// <summary>Its subject by the timetable; null: not known.</summary>
    public string? SubjectId { get; init; }

    /// <summary>The number of its period; null: not known.</summary>
    public int? Period { get; init; }

    /// <summary>When it was to begin; null: not known.</summary>
    public DateTimeOffset? PlannedFrom { get; init; }

    /// <summary>When it was to end; null: not known.</summary>
    public DateTimeOffset? PlannedTo { get; init; }

    /// <summary>The planned lesson's date before any change; null: not known.</summary>
    public DateOnly? PlannedDate { get; init; }

    /// <summary>What kind of lesson its teacher says it was (课型), such as 复习; null: not said.</summary>
    public string? Kind { get; set; }

    /// <summary>Pupils on the books of the class at that time; 0 where that is not known.</summary>
    public required int Enrolled { get; init; }

    /// <summary>What was seen, as <see cref="SampleTape"/> writes it.</summary>
    public required byte[] Samples { get; set; }

    /// <summary>
    /// What was heard, as <see cref="HeardTape"/> writes it; null while the lesson lasts, and where nothing could be heard.
    /// </summary>
    public byte[]? Sound { get; set; }

    /// <summary>Its snapshot, compressed JSON, as it was computed once at its end; null until then.</summary>
    public byte[]? Snapshot { get; set; }

    /// <summary>
    /// The snapshot's figures that lessons are compared by, as JSON from their places to their values, without those that gave no number;
    /// null until the snapshot is computed.
    /// </summary>
    public string? Figures { get; set; }
}
