namespace Xunke.Analytics.Seats;

/// <summary>
/// The parts of a room's picture (docs/behaviours.md, "Areas"). Somebody is where the middle of the shoulders is seen, since
/// feet are hidden by desks. Immutable; used live and over a file.
/// </summary>
/// <param name="Pupils">Where pupils sit: nobody outside it is counted as a pupil.</param>
/// <param name="Front">Where the teacher moves; null where that is not seen. May overlap the pupils' area.</param>
public sealed record RoomAreas(Area Pupils, Area? Front)
{
    /// <param name="x">Share of the picture's width.</param>
    /// <param name="y">Share of its height.</param>
    public bool IsAmongPupils(double x, double y) => Pupils.Contains(x, y);

    /// <param name="x">Share of the picture's width.</param>
    /// <param name="y">Share of its height.</param>
    public bool IsInFront(double x, double y) => Front?.Contains(x, y) ?? false;

    /// <summary>The area of a point. Where the areas overlap, a seated person is a pupil, otherwise the teacher.</summary>
    /// <param name="x">Share of the picture's width.</param>
    /// <param name="y">Share of its height.</param>
    /// <param name="seated">Has a seat.</param>
    public RoomPlace PlaceOf(double x, double y, bool seated) =>
        seated ? RoomPlace.Pupils
        : IsInFront(x, y) ? RoomPlace.Front
        : IsAmongPupils(x, y) ? RoomPlace.Pupils
        : RoomPlace.Outside;
}
