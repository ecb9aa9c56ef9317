using System.Collections.Immutable;
using Xunke.Analytics.Seats;

namespace Xunke.Actors.Areas;

/// <summary>What is known of a room's areas.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="Learnt">What watching it has taught; null before, and after it was told to learn anew.</param>
/// <param name="Drawn">What an administrator has drawn, and what is in force; null where nothing is.</param>
/// <param name="Version">Changes with every drawing: 0 before the first. Who draws says which version was seen.</param>
public sealed record RoomAreasState(string RoomId, LearntAreas? Learnt, DrawnAreas? Drawn, long Version)
{
    /// <summary>The camera was moved after the areas were drawn: somebody should look at them.</summary>
    public bool CameraMoved => Drawn is { } drawn && Learnt?.MovedAt > drawn.At;
}

/// <summary>What watching a room has taught.</summary>
/// <param name="Areas">Proposed areas.</param>
/// <param name="Seats">Where pupils sit; places, not children.</param>
/// <param name="Settled">Learnt over the whole learning time.</param>
/// <param name="At">When.</param>
/// <param name="MovedAt">When the camera was last seen to have been moved; null for never.</param>
public sealed record LearntAreas(
    RoomAreas Areas, ImmutableArray<SeatPlace> Seats, bool Settled, DateTimeOffset At, DateTimeOffset? MovedAt);

/// <summary>What an administrator has drawn.</summary>
/// <param name="Areas">The areas in force.</param>
/// <param name="By">The administrator's user name.</param>
/// <param name="At">When.</param>
public sealed record DrawnAreas(RoomAreas Areas, string By, DateTimeOffset At);
