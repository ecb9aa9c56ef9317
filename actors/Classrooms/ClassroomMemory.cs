using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Xunke.Actors.Live;

namespace Xunke.Actors.Classrooms;

/// <summary>What of a room outlives its actor and the server.</summary>
/// <param name="SessionId">The publisher then, or null.</param>
/// <param name="State">The state then.</param>
/// <param name="StateSince">Since when.</param>
/// <param name="HeadUpRate">The last head-up rate, or null where there was none.</param>
/// <param name="Participation">The last participation, or null where there was none.</param>
/// <param name="Points">The chart, one row of numbers a point: see <see cref="Pack"/>.</param>
internal sealed record ClassroomMemory(
    string? SessionId, ClassroomState State, DateTimeOffset StateSince, Figure? HeadUpRate, Figure? Participation, double?[][] Points)
{
    /// <summary>The kind under which rooms are stored.</summary>
    public const string Type = "classroom";

    /// <summary>A chart as rows: named fields would make it three times as long.</summary>
    public static double?[][] Pack(ImmutableArray<HistoryPoint> points) =>
    [
        .. points.Select(point => (double?[])
        [
            point.At.ToUnixTimeMilliseconds(), point.People, point.HandsRaised, point.Standing, point.HeadsUp, point.HeadsDown,
            point.HeadsOnDesk, point.Unknown, Rounded(point.HeadUpRate), Rounded(point.Participation),
        ]),
    ];

    /// <summary>The rows as a chart.</summary>
    public IEnumerable<HistoryPoint> Unpack() => Points.Select(row => new HistoryPoint(
        DateTimeOffset.FromUnixTimeMilliseconds((long)row[0]!), (int)row[1]!, (int)row[2]!, (int)row[3]!, (int)row[4]!,
        (int)row[5]!, (int)row[6]!, (int)row[7]!, row[8], row[9]));

    /// <summary>As text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, MemoryJson.Default.ClassroomMemory);

    /// <summary>From text.</summary>
    /// <exception cref="JsonException">The text is not of this shape.</exception>
    public static ClassroomMemory FromJson(string json) =>
        JsonSerializer.Deserialize(json, MemoryJson.Default.ClassroomMemory) is { Points: { } points } memory
        && points.All(row => row is { Length: 10 } && row.Take(8).All(number => number is not null))
            ? memory
            : throw new JsonException("Not a classroom's memory.");

    private static double? Rounded(double? rate) => rate is { } value ? Math.Round(value, 4) : null;
}

/// <summary>Serialisation without reflection.</summary>
[JsonSerializable(typeof(ClassroomMemory))]
internal sealed partial class MemoryJson : JsonSerializerContext;
