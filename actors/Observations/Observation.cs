using Xunke.Actors.Forms;

namespace Xunke.Actors.Observations;

/// <summary>
/// One observer's record of one lesson (听课记录), by one version of a form. It is kept when the lesson is deleted.
/// </summary>
public sealed class Observation
{
    /// <summary>Unguessable name.</summary>
    public required Guid Id { get; init; }

    /// <summary>The lesson; it may be gone.</summary>
    public required Guid LessonId { get; init; }

    /// <summary>The room.</summary>
    public required string RoomId { get; init; }

    /// <summary>The room's school.</summary>
    public required string SchoolId { get; init; }

    /// <summary>Who gave the lesson by the timetable; null: not known, and nobody gets it.</summary>
    public string? TeacherId { get; init; }

    /// <summary>The lesson's subject; null: not known.</summary>
    public string? SubjectId { get; init; }

    /// <summary>The observer's account.</summary>
    public required string UserName { get; init; }

    /// <summary>The observer's name as it was then.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The form.</summary>
    public required Guid FormId { get; init; }

    /// <summary>Which version of it.</summary>
    public required int FormVersion { get; init; }

    /// <summary>What that version asks, as it was.</summary>
    public required FormContent Form { get; init; }

    /// <summary>What it is of.</summary>
    public required ObservationHeader Header { get; set; }

    /// <summary>The observer's answers by the items' keys.</summary>
    public required Dictionary<string, FormAnswer> Answers { get; set; }

    /// <summary>What the observer says of the whole; empty: nothing.</summary>
    public required string Overall { get; set; }

    /// <summary>How often it was saved: who writes over a later one is told.</summary>
    public required int Version { get; set; }

    /// <summary>What has become of it.</summary>
    public required ObservationState State { get; set; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>When the observer last changed it.</summary>
    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>When it was sent; null: it is a draft.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>When the teacher first opened it; null: not yet.</summary>
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>When the teacher answered; null: not yet.</summary>
    public DateTimeOffset? RepliedAt { get; set; }

    /// <summary>The teacher's words; null: none.</summary>
    public string? Reply { get; set; }
}
