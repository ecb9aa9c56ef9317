using System.Collections.Immutable;

namespace Xunke.Analytics.Seats;

/// <summary>A place where somebody sits, whoever it is.</summary>
/// <param name="X">Where the shoulders' middle usually is: share of the picture's width.</param>
/// <param name="Y">Likewise: share of its height.</param>
/// <param name="Width">The usual shoulder width: share of the picture's width.</param>
public readonly record struct SeatPlace(double X, double Y, double Width);

/// <summary>What watching a room has taught about it.</summary>
/// <param name="CameraMoved">Learnt anew because the camera was moved.</param>
public sealed record SeatMap(ImmutableArray<SeatPlace> Seats, RoomAreas Areas, bool Settled, bool CameraMoved);
