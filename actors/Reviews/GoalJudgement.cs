namespace Xunke.Actors.Reviews;

/// <summary>Whether a goal was reached.</summary>
public enum GoalOutcome
{
    /// <summary>It was (达成).</summary>
    Attained,

    /// <summary>In part (部分达成).</summary>
    Partly,

    /// <summary>It was not (未达成).</summary>
    NotAttained,

    /// <summary>The lesson did not show it (未呈现): it counts in no rate.</summary>
    NotShown,
}

/// <summary>What one person says of one goal after a lesson.</summary>
public sealed class GoalJudgement
{
    /// <summary>The goal.</summary>
    public required Guid GoalId { get; init; }

    /// <summary>Account of who judges; each judges a goal once, and may think again.</summary>
    public required string UserName { get; init; }

    /// <summary>The name as it was then.</summary>
    public required string DisplayName { get; set; }

    /// <summary>Whether it was the lesson's own teacher.</summary>
    public required bool IsTeacher { get; set; }

    /// <summary>The judgement.</summary>
    public required GoalOutcome Outcome { get; set; }

    /// <summary>What it stands on; at most 500 characters, empty: not said.</summary>
    public required string Evidence { get; set; }

    /// <summary>The moment that shows it, in seconds from the lesson's start; null: none.</summary>
    public double? AtSeconds { get; set; }

    /// <summary>When.</summary>
    public required DateTimeOffset MadeAt { get; set; }
}
