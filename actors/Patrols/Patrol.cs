using Xunke.Actors.Forms;

namespace Xunke.Actors.Patrols;

/// <summary>
/// What somebody found in a room on a round (巡课): one for a visit, filled in while it lasts or soon after it. Where and which lesson it
/// was is on record with the visit.
/// </summary>
public sealed class Patrol
{
    /// <summary>The visit: a round leaves one of it, however often it is sent.</summary>
    public required Guid VisitId { get; init; }

    /// <summary>The room.</summary>
    public required string RoomId { get; init; }

    /// <summary>The room's school.</summary>
    public required string SchoolId { get; init; }

    /// <summary>Account of who went there.</summary>
    public required string UserName { get; init; }

    /// <summary>The name as it was then.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Who was to give the lesson; null: there was none, or nobody knows.</summary>
    public string? TeacherId { get; init; }

    /// <summary>The class that was to have it; null: none.</summary>
    public string? ClassId { get; init; }

    /// <summary>What it was to be about; null: nothing is known.</summary>
    public string? SubjectId { get; init; }

    /// <summary>The date, by the district's clock.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The form.</summary>
    public required Guid FormId { get; init; }

    /// <summary>Its version.</summary>
    public required int FormVersion { get; init; }

    /// <summary>What is answered, by the items' keys.</summary>
    public required Dictionary<string, FormAnswer> Answers { get; set; }

    /// <summary>Whether anything is other than it should be.</summary>
    public required bool IsException { get; set; }

    /// <summary>Pupils on the books of the class (应到); null: not known.</summary>
    public int? Expected { get; init; }

    /// <summary>People at seats that the camera saw then; null: it saw none.</summary>
    public int? Seen { get; init; }

    /// <summary>Pupils there (实到), as whoever went there says; null: not counted.</summary>
    public int? Present { get; set; }

    /// <summary>What else is to be said; at most <see cref="LongestNote"/> characters.</summary>
    public required string Note { get; set; }

    /// <summary>When it was first saved.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>The most characters of a note.</summary>
    public const int LongestNote = 500;
}
