using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Xunke.Actors.Records;
using Xunke.Analytics.Seats;

namespace Xunke.Actors.Areas;

/// <summary>
/// A room's areas in the actors' state, in two rows with a version each, so that what is learnt while somebody draws does not
/// make the drawing stale. A row of nulls says that there is nothing any more.
/// </summary>
internal sealed class StoredAreas(ActorStateStore store)
{
    private const string LearntType = "seat-map";
    private const string DrawnType = "room-areas";

    /// <summary>What was learnt of all rooms.</summary>
    public async Task<IReadOnlyDictionary<string, (LearntAreas? Learnt, long Version)>> LoadLearntAsync(CancellationToken cancellationToken) =>
        (await store.LoadAllAsync(LearntType, cancellationToken).ConfigureAwait(false)).ToDictionary(
            row => row.Key, row => (Read<Learnt>(row.Value)?.ToLearnt(), row.Value.Version), StringComparer.Ordinal);

    /// <summary>What was drawn for all rooms.</summary>
    public async Task<IReadOnlyDictionary<string, (DrawnAreas? Drawn, long Version)>> LoadDrawnAsync(CancellationToken cancellationToken) =>
        (await store.LoadAllAsync(DrawnType, cancellationToken).ConfigureAwait(false)).ToDictionary(
            row => row.Key, row => (Read<Drawn>(row.Value)?.ToDrawn(), row.Value.Version), StringComparer.Ordinal);

    /// <summary>Saves what was learnt; null forgets it.</summary>
    /// <exception cref="StaleStateException">Another node has learnt the room since.</exception>
    public Task<long> SaveAsync(
        string roomId, LearntAreas? learnt, long version, CancellationToken cancellationToken, DbTransaction? transaction = null) =>
        store.SaveAsync(LearntType, roomId, JsonSerializer.Serialize(Learnt.Of(learnt)), version, cancellationToken, transaction);

    /// <summary>Saves what was drawn; null takes it away.</summary>
    /// <exception cref="StaleStateException">Somebody else has drawn since.</exception>
    public Task<long> SaveAsync(
        string roomId, DrawnAreas? drawn, long version, CancellationToken cancellationToken, DbTransaction? transaction = null) =>
        store.SaveAsync(DrawnType, roomId, JsonSerializer.Serialize(Drawn.Of(drawn)), version, cancellationToken, transaction);

    /// <summary>A row that another version of the program wrote in another shape counts as nothing.</summary>
    private static T? Read<T>(StoredState row)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(row.Payload);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Learnt(RoomAreasShape? Areas, ImmutableArray<SeatPlace>? Seats, bool Settled, DateTimeOffset At, DateTimeOffset? MovedAt)
    {
        public static Learnt Of(LearntAreas? learnt) => learnt is null
            ? new Learnt(null, null, false, default, null)
            : new Learnt(RoomAreasShape.Of(learnt.Areas), learnt.Seats, learnt.Settled, learnt.At, learnt.MovedAt);

        public LearntAreas? ToLearnt() =>
            Areas?.Read().Areas is { } areas ? new LearntAreas(areas, Seats ?? [], Settled, At, MovedAt) : null;
    }

    private sealed record Drawn(RoomAreasShape? Areas, string? By, DateTimeOffset At)
    {
        public static Drawn Of(DrawnAreas? drawn) => drawn is null
            ? new Drawn(null, null, default)
            : new Drawn(RoomAreasShape.Of(drawn.Areas), drawn.By, drawn.At);

        public DrawnAreas? ToDrawn() => Areas?.Read().Areas is { } areas ? new DrawnAreas(areas, By ?? "", At) : null;
    }
}
