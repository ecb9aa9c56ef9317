using System.Collections.Immutable;

namespace Xunke.Actors.Live;

/// <summary>One sample on a room's chart.</summary>
/// <param name="At">When the picture was taken.</param>
/// <param name="People">People seen at a seat.</param>
/// <param name="HandsRaised">Hands raised.</param>
/// <param name="Standing">Standing.</param>
/// <param name="HeadsUp">Heads up.</param>
/// <param name="HeadsDown">Heads down.</param>
/// <param name="HeadsOnDesk">Heads on the desk.</param>
/// <param name="Unknown">Not known.</param>
/// <param name="HeadUpRate">Head-up rate over the window that ends here, or null.</param>
/// <param name="Participation">Participation over the window that ends here, or null.</param>
public sealed record HistoryPoint(
    DateTimeOffset At, int People, int HandsRaised, int Standing, int HeadsUp, int HeadsDown, int HeadsOnDesk, int Unknown,
    double? HeadUpRate, double? Participation);

/// <summary>A room's last minutes, oldest first.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="Points">At most one a sample.</param>
public sealed record RoomHistory(string RoomId, ImmutableArray<HistoryPoint> Points);
