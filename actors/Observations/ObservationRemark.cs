using Xunke.Actors.Forms;

namespace Xunke.Actors.Observations;

/// <summary>What an observer writes down at a second of the lesson. Its name is made where it is written, so that sending it twice is
/// once.</summary>
public sealed class ObservationRemark
{
    /// <summary>The observation.</summary>
    public required Guid ObservationId { get; init; }

    /// <summary>Its name within the observation.</summary>
    public required Guid Id { get; init; }

    /// <summary>The second of the lesson at which writing began.</summary>
    public required double AtSeconds { get; set; }

    /// <summary>What it is.</summary>
    public required RemarkKind Kind { get; set; }

    /// <summary>1 to 1,000 characters.</summary>
    public required string Text { get; set; }

    /// <summary>The district's words for what a lesson is made of, such as 导入; up to 5.</summary>
    public required List<string> Tags { get; set; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset MadeAt { get; init; }
}

/// <summary>A teacher's appeal against one answer. What it is about was put down with it; the observer's answer never changes.</summary>
public sealed class ObservationAppeal
{
    /// <summary>The observation.</summary>
    public required Guid ObservationId { get; init; }

    /// <summary>The item.</summary>
    public required string ItemKey { get; init; }

    /// <summary>The observer's answer.</summary>
    public required FormAnswer Answer { get; init; }

    /// <summary>The words of the form for that answer; null: it has none.</summary>
    public string? Anchor { get; init; }

    /// <summary>The teacher's reason; 2 to 1,000 characters.</summary>
    public required string Reason { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>What was decided; null: nothing yet.</summary>
    public AppealOutcome? Outcome { get; set; }

    /// <summary>The answer that stands beside the observer's; null: none.</summary>
    public int? DecidedValue { get; set; }

    /// <summary>Why.</summary>
    public string? Decision { get; set; }

    /// <summary>Account of who decided.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>The name of who decided, as it was then.</summary>
    public string? DecidedName { get; set; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? DecidedAt { get; set; }
}
