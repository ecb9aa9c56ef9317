using Xunke.Streaming;

namespace Xunke.Actors.Visits;

/// <summary>One look into one room by one person, for a stated purpose.</summary>
public sealed class Visit
{
    /// <summary>Unguessable name of the visit.</summary>
    public required Guid Id { get; init; }

    /// <summary>The room.</summary>
    public required string RoomId { get; init; }

    /// <summary>The room's school, kept here for a principal's list.</summary>
    public required string SchoolId { get; init; }

    /// <summary>Account of the visitor.</summary>
    public required string UserName { get; init; }

    /// <summary>The visitor's name as it was then.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Why, in the visitor's own words; 2 to 200 characters.</summary>
    public required string Purpose { get; init; }

    /// <summary>What the visitor chose to see and hear.</summary>
    public MediaKinds Media { get; init; } = MediaKinds.Both;

    /// <summary>When it began.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The lesson that the timetable had in the room when it began; null: none, or a visit from before that was kept.</summary>
    public VisitedLesson? Lesson { get; init; }

    /// <summary>When it ended; null while it lasts.</summary>
    public DateTimeOffset? To { get; set; }
}
