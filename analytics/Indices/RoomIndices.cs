namespace Xunke.Analytics.Indices;

/// <summary>A room's figures after a sample.</summary>
/// <param name="At">When the newest sample was taken.</param>
/// <param name="Counts">The newest sample's counts.</param>
/// <param name="HeadUpRate">Head-up rate over the window that ends here.</param>
/// <param name="Participation">Participation over the window that ends here.</param>
/// <param name="OverEnrolment">In most of the window more people were seen than are enrolled, beyond the grown-ups allowed for: a data fault.</param>
public sealed record RoomIndices(
    DateTimeOffset At, BehaviourCounts Counts, IndexValue HeadUpRate, IndexValue Participation, bool OverEnrolment);
