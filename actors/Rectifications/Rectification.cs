namespace Xunke.Actors.Rectifications;

/// <summary>
/// A notice of rectification (整改通知书). The row says where it stands; what was said is in its events, of which none ever changes.
/// </summary>
public sealed class Rectification
{
    /// <summary>The most characters of a title.</summary>
    public const int LongestTitle = 100;

    /// <summary>The most characters of what is wrong, and of an answer.</summary>
    public const int LongestText = 4000;

    /// <summary>The most rounds; who has answered so often is to be visited.</summary>
    public const int MostRounds = 20;

    /// <summary>Unguessable name.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its number by the district's pattern; none is given twice.</summary>
    public required string Number { get; init; }

    /// <summary>The school.</summary>
    public required string SchoolId { get; init; }

    /// <summary>The school's name as it was then.</summary>
    public required string SchoolName { get; init; }

    /// <summary>The room; null: it is about no room.</summary>
    public string? RoomId { get; init; }

    /// <summary>What it comes from.</summary>
    public required RectificationSource Source { get; init; }

    /// <summary>The observation, the alert or the visit of the round; null: none.</summary>
    public Guid? SourceId { get; init; }

    /// <summary>The remark within the observation; null: none.</summary>
    public Guid? RemarkId { get; init; }

    /// <summary>What it is about, in a line.</summary>
    public required string Title { get; init; }

    /// <summary>What is wrong, and what is asked for.</summary>
    public required string Problem { get; init; }

    /// <summary>Account of who issued it.</summary>
    public required string IssuedBy { get; init; }

    /// <summary>The name as it was then.</summary>
    public required string IssuedName { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The date of that, by the district's clock.</summary>
    public required DateOnly IssuedOn { get; init; }

    /// <summary>Account of who is to answer; null: the school's principal or administrators.</summary>
    public string? Responsible { get; init; }

    /// <summary>That person's name as it was then; null: none.</summary>
    public string? ResponsibleName { get; init; }

    /// <summary>What it waits for.</summary>
    public required RectificationState State { get; set; }

    /// <summary>The round, from 1.</summary>
    public required int Round { get; set; }

    /// <summary>The last date for this round's answer.</summary>
    public required DateOnly DueOn { get; set; }

    /// <summary>By when somebody is to look again; null: nobody is.</summary>
    public DateOnly? RecheckOn { get; set; }

    /// <summary>By when the bureau is to have its report; null: the school has not answered yet.</summary>
    public DateOnly? ReportDueOn { get; set; }

    /// <summary>When it was first reported; null: not yet.</summary>
    public DateTimeOffset? ReportedAt { get; set; }

    /// <summary>When it was closed or withdrawn; null: it is open.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>How many events it has: who acts on an older page is told.</summary>
    public required int Version { get; set; }

    /// <summary>What happened to it.</summary>
    public List<RectificationEvent> Events { get; init; } = [];

    /// <summary>Its files.</summary>
    public List<RectificationFile> Files { get; init; } = [];
}
