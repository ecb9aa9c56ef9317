namespace Xunke.Analytics.Indices;

/// <param name="At">When the newest sample was taken.</param>
/// <param name="Counts">The newest sample's counts.</param>
/// <param name="HeadUpRate">Head-up rate over the window that ends here.</param>
/// <param name="Participation">Participation over the window that ends here.</param>
/// <param name="OverEnrolment">A data fault: for most of the window more people were seen than enrolled and adults allowed for.</param>
public sealed record RoomIndices(
    DateTimeOffset At, BehaviourCounts Counts, IndexValue HeadUpRate, IndexValue Participation, bool OverEnrolment);
