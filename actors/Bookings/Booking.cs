namespace Xunke.Actors.Bookings;

/// <summary>
/// A wish to record a room: from now on for some minutes, or a period of a coming date in a recording room (智能录播教室).
/// </summary>
public sealed class Booking
{
    /// <summary>Unguessable name.</summary>
    public required Guid Id { get; init; }

    /// <summary>The room.</summary>
    public required string RoomId { get; init; }

    /// <summary>The room's school.</summary>
    public required string SchoolId { get; init; }

    /// <summary>Account of whoever asked.</summary>
    public required string UserName { get; init; }

    /// <summary>That person's name as it was then.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What for, in the person's own words; 2 to 200 characters.</summary>
    public required string Purpose { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When recording is to begin.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When it is to end.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The number of the booked period; null: it was asked for at once, not booked.</summary>
    public int? Period { get; init; }

    /// <summary>The period's name as it was then.</summary>
    public string? PeriodName { get; init; }

    /// <summary>The teacher whose lesson it is, who may play the recording; null: nobody's.</summary>
    public string? TeacherId { get; init; }

    /// <summary>The lesson of the timetable; null: none was planned then.</summary>
    public Guid? EntryId { get; init; }

    /// <summary>That lesson's date without changes, which names it.</summary>
    public DateOnly? LessonDate { get; init; }

    /// <summary>The class of that lesson.</summary>
    public string? ClassId { get; init; }

    /// <summary>The subject of that lesson.</summary>
    public string? SubjectId { get; init; }

    /// <summary>The id that its recording has, or will have.</summary>
    public required Guid RecordingId { get; init; }

    /// <summary>Days that its recording is kept; null: as all recordings.</summary>
    public int? KeepDays { get; init; }

    /// <summary>What has become of it.</summary>
    public required BookingState State { get; set; }

    /// <summary>Account of whoever decided; null: nobody has, or nobody needed to.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>That person's name as it was then.</summary>
    public string? DecidedByName { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Why it was refused.</summary>
    public string? Reason { get; set; }

    /// <summary>Why it is not recorded, or why nobody was seen, as <see cref="BookingFaults"/> names it.</summary>
    public string? Fault { get; set; }

    /// <summary>When the room's camera was first seen to send in its time; null: it has not been.</summary>
    public DateTimeOffset? PictureAt { get; set; }

    /// <summary>When people were first seen in the room in its time; null: nobody has been.</summary>
    public DateTimeOffset? SeenAt { get; set; }

    /// <summary>Whether it takes the room: others may not book it then.</summary>
    public bool IsOpen => State is BookingState.Asked or BookingState.Approved or BookingState.Recording;
}
