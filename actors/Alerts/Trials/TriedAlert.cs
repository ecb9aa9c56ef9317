namespace Xunke.Actors.Alerts.Trials;

/// <summary>An alert that a rule would have raised in a lesson.</summary>
/// <param name="From">When.</param>
/// <param name="To">When it would have been over; null: it lasted to the lesson's end, which does not end its kind.</param>
public sealed record TriedAlert(DateTimeOffset From, DateTimeOffset? To);
