namespace Xunke.Actors.Reviews;

/// <summary>What became of an objection.</summary>
public enum ObjectionOutcome
{
    /// <summary>The teacher is right: the figure is not to be used (异议成立).</summary>
    Accepted,

    /// <summary>The figure stands (维持原值).</summary>
    Kept,
}

/// <summary>
/// A teacher's objection to one figure of an own lesson (数字异议). Both sides' words stay beside the figure, which is never changed.
/// </summary>
public sealed class Objection
{
    /// <summary>Unguessable name.</summary>
    public required Guid Id { get; init; }

    /// <summary>The lesson.</summary>
    public required Guid LessonId { get; init; }

    /// <summary>The figure's name in the snapshot, such as "headUpRate".</summary>
    public required string Figure { get; init; }

    /// <summary>What the snapshot said then; null: it gave no number.</summary>
    public double? Value { get; init; }

    /// <summary>The formula and its version, such as "head-up-rate/1".</summary>
    public required string Formula { get; init; }

    /// <summary>The teacher's account.</summary>
    public required string UserName { get; init; }

    /// <summary>The teacher's words; 2 to 1,000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>When the teacher took it back; null: it stands.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }

    /// <summary>The answer's words; null: nobody has answered yet.</summary>
    public string? Answer { get; set; }

    /// <summary>What became of it; null: nobody has answered yet.</summary>
    public ObjectionOutcome? Outcome { get; set; }

    /// <summary>Account of who answered.</summary>
    public string? AnsweredBy { get; set; }

    /// <summary>The name of who answered, as it was then.</summary>
    public string? AnsweredName { get; set; }

    /// <summary>When it was answered.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }
}
