namespace Xunke.Actors.Timetable;

/// <summary>What becomes of a lesson of the timetable.</summary>
public enum ChangeKind
{
    /// <summary>It is not held.</summary>
    Cancelled,

    /// <summary>The class is elsewhere, such as in the playground: held, but in no room on the books.</summary>
    Elsewhere,

    /// <summary>Another teacher gives it (代课).</summary>
    Substituted,

    /// <summary>It is in another room, or at another time (调课).</summary>
    Moved,
}

/// <summary>A change of one lesson of the timetable, on one date or from a date on. A swap is two of them, made at one instant.</summary>
public sealed class TimetableChange
{
    /// <summary>Unguessable name.</summary>
    public required Guid Id { get; init; }

    /// <summary>The lesson of the timetable.</summary>
    public required Guid EntryId { get; init; }

    /// <summary>Its school.</summary>
    public required string SchoolId { get; init; }

    /// <summary>The first date of the lesson that is changed, before the change.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>The last such date; the first, for one date only; null: from then on.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>What becomes of it.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>The other teacher; null: as before.</summary>
    public string? TeacherId { get; init; }

    /// <summary>The other room; null: as before.</summary>
    public string? RoomId { get; init; }

    /// <summary>The other date, of a lesson that is moved on one date only; null: the same.</summary>
    public DateOnly? NewDate { get; init; }

    /// <summary>The other weekday, of one that is moved from a date on, 1 to 7; null: the same.</summary>
    public int? NewWeekday { get; init; }

    /// <summary>The other period; null: the same.</summary>
    public int? NewPeriod { get; init; }

    /// <summary>What somebody wrote about it; null: nothing.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was made: of two that meet, the later counts.</summary>
    public required DateTimeOffset MadeAt { get; init; }
}
