namespace Xunke.Actors.Alerts;

/// <summary>Why an alert is over.</summary>
public enum AlertEnd
{
    /// <summary>What it was about is over.</summary>
    Cleared,

    /// <summary>Its lesson is over.</summary>
    LessonOver,

    /// <summary>Its rule was turned off.</summary>
    RuleOff,

    /// <summary>The room is no longer on the books.</summary>
    RoomGone,
}

/// <summary>Where and of what kind: there is one open alert of it at most.</summary>
/// <param name="SchoolId">The school.</param>
/// <param name="RoomId">The room; null: the whole school.</param>
/// <param name="Kind">The kind.</param>
public readonly record struct AlertPlace(string SchoolId, string? RoomId, AlertKind Kind)
{
    /// <summary>As the records keep it.</summary>
    public string Key => $"{RoomId ?? SchoolId}/{Kind}";
}

/// <summary>An alert is raised or cleared.</summary>
/// <param name="Id">Unguessable name: written twice, it counts once.</param>
/// <param name="Place">Where.</param>
/// <param name="At">When.</param>
/// <param name="Evidence">Why it is raised; null: it is cleared.</param>
/// <param name="End">Why it is cleared.</param>
public sealed record AlertChange(Guid Id, AlertPlace Place, DateTimeOffset At, AlertEvidence? Evidence, AlertEnd End)
{
    /// <summary>Whether it is raised.</summary>
    public bool IsRaised => Evidence is not null;
}
