using System.Collections.Immutable;
using System.Text.Json;

namespace Xunke.Analytics.Seats;

/// <summary>
/// Areas as they are written: in a file, in the database and on the wire. <c>{"pupils": [[0.1, 0.2], ...], "front": null}</c>,
/// each point as shares of the picture's width and height.
/// </summary>
/// <param name="Front">Corners of the front area; null for none.</param>
public sealed record RoomAreasShape(double[][]? Pupils, double[][]? Front)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static RoomAreasShape Of(RoomAreas areas)
    {
        ArgumentNullException.ThrowIfNull(areas);
        return new RoomAreasShape(Corners(areas.Pupils), areas.Front is { } front ? Corners(front) : null);
    }

    public static double[][] Corners(Area area)
    {
        ArgumentNullException.ThrowIfNull(area);
        return [.. area.Points.Select(point => new[] { point.X, point.Y })];
    }

    /// <exception cref="InvalidDataException">It holds no areas.</exception>
    public static RoomAreas Parse(string json)
    {
        try
        {
            (RoomAreas? areas, AreaFault fault, bool front) =
                (JsonSerializer.Deserialize<RoomAreasShape>(json, Options) ?? new(null, null)).Read();
            return areas ?? throw new InvalidDataException($"The {(front ? "front" : "pupils")} area is refused: {fault}.");
        }
        catch (JsonException wrong)
        {
            throw new InvalidDataException($"These are no areas: {wrong.Message}", wrong);
        }
    }

    /// <returns>The areas, or null with the fault and whether it is in the front area.</returns>
    public (RoomAreas? Areas, AreaFault Fault, bool InFront) Read()
    {
        (Area? pupils, AreaFault fault) = Read(Pupils);
        if (pupils is null)
        {
            return (null, fault, false);
        }

        if (Front is null)
        {
            return (new RoomAreas(pupils, null), AreaFault.None, false);
        }

        (Area? front, fault) = Read(Front);
        return (front is null ? null : new RoomAreas(pupils, front), fault, front is null);
    }

    private static (Area? Area, AreaFault Fault) Read(double[][]? corners) =>
        corners is null || !corners.All(corner => corner is { Length: 2 })
            ? (null, AreaFault.PointCount)
            : Area.From(corners.Select(corner => new AreaPoint(corner[0], corner[1])).ToImmutableArray());
}
