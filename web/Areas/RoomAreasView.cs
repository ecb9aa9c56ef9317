using Xunke.Actors.Areas;
using Xunke.Analytics.Seats;

namespace Xunke.Web.Areas;

/// <summary>A room's areas as administrators see them. Points are [x, y], seats [x, y, shoulder width], in shares of the picture.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="Version">To be sent with a change.</param>
/// <param name="CameraMoved">The camera was moved after the areas were drawn.</param>
/// <param name="Learnt">What watching the room has taught; null before.</param>
/// <param name="Drawn">What is in force; null for nothing.</param>
internal sealed record RoomAreasView(
    string RoomId, long Version, bool CameraMoved, RoomAreasView.LearntView? Learnt, RoomAreasView.DrawnView? Drawn)
{
    /// <summary>What watching a room has taught.</summary>
    internal sealed record LearntView(double[][] Pupils, double[][]? Front, double[][] Seats, bool Settled, DateTimeOffset At);

    /// <summary>What an administrator has drawn.</summary>
    internal sealed record DrawnView(double[][] Pupils, double[][]? Front, string By, DateTimeOffset At);

    public static RoomAreasView Of(RoomAreasState state) => new(
        state.RoomId,
        state.Version,
        state.CameraMoved,
        state.Learnt is { } learnt
            ? new LearntView(
                RoomAreasShape.Corners(learnt.Areas.Pupils),
                Front(learnt.Areas),
                [.. learnt.Seats.Select(seat => new[] { seat.X, seat.Y, seat.Width })],
                learnt.Settled,
                learnt.At)
            : null,
        state.Drawn is { } drawn
            ? new DrawnView(RoomAreasShape.Corners(drawn.Areas.Pupils), Front(drawn.Areas), drawn.By, drawn.At)
            : null);

    private static double[][]? Front(RoomAreas areas) => areas.Front is { } front ? RoomAreasShape.Corners(front) : null;
}
