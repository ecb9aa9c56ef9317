using System.Collections.Immutable;

namespace Xunke.Analytics.Seats;

/// <summary>A place where somebody sits; nothing is known of whom.</summary>
/// <param name="X">Where the shoulders' middle usually is: share of the picture's width.</param>
/// <param name="Y">Likewise: share of its height.</param>
/// <param name="Width">The usual shoulder width: share of the picture's width.</param>
public readonly record struct SeatPlace(double X, double Y, double Width);

/// <summary>What watching a room has taught about it.</summary>
/// <param name="Seats">Where pupils sit.</param>
/// <param name="Areas">The area around the seats, and the front area where somebody without a seat was seen to move, if anybody was.</param>
/// <param name="Settled">Learnt over the whole learning time; otherwise a first answer that will be replaced.</param>
/// <param name="CameraMoved">Learnt because nobody was where the seats had been.</param>
public sealed record SeatMap(ImmutableArray<SeatPlace> Seats, RoomAreas Areas, bool Settled, bool CameraMoved);
