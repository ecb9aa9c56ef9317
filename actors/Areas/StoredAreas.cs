using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Records;
using Xunke.Analytics.Seats;

namespace Xunke.Actors.Areas;

/// <summary>
/// A room's areas on record, in two rows with a version each, so that what is learnt while somebody draws does not make the drawing stale.
/// A row of nulls says that there is nothing any more.
/// </summary>
internal sealed class StoredAreas(IDbContextFactory<RecordsContext> records)
{
    private const string LearntKind = "seat-map";
    private const string DrawnKind = "room-areas";

    /// <summary>What was learnt of all rooms.</summary>
    public async Task<IReadOnlyDictionary<string,
    (LearntAreas? Learnt, long Version)>> LoadLearntAsync(CancellationToken cancellationToken) =>
        (await LoadAsync(LearntKind, cancellationToken).ConfigureAwait(false)).ToDictionary(
            row => row.RoomId, row => (Read<Learnt>(row)?.ToLearnt(), row.Version), StringComparer.Ordinal);

    /// <summary>What was drawn for all rooms.</summary>
    public async Task<IReadOnlyDictionary<string, (DrawnAreas? Drawn, long Version)>> LoadDrawnAsync(CancellationToken cancellationToken) =>
        (await LoadAsync(DrawnKind, cancellationToken).ConfigureAwait(false)).ToDictionary(
            row => row.RoomId, row => (Read<Drawn>(row)?.ToDrawn(), row.Version), StringComparer.Ordinal);

    /// <summary>Saves what was learnt; null forgets it.</summary>
    /// <exception cref="StaleStateException">Another node has learnt the room since.</exception>
    public Task<long> SaveAsync(string roomId, LearntAreas? learnt, long version, RecordsContext? deed) =>
        SaveAsync(LearntKind, roomId, JsonSerializer.Serialize(Learnt.Of(learnt)), version, deed);

    /// <summary>Saves what was drawn; null takes it away.</summary>
    /// <exception cref="StaleStateException">Somebody else has drawn since.</exception>
    public Task<long> SaveAsync(string roomId, DrawnAreas? drawn, long version, RecordsContext? deed) =>
        SaveAsync(DrawnKind, roomId, JsonSerializer.Serialize(Drawn.Of(drawn)), version, deed);

    private async Task<List<AreasRow>> LoadAsync(string kind, CancellationToken cancellationToken)
    {
        var context = await records.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            return await context.Set<AreasRow>().AsNoTracking().Where(row => row.Kind == kind)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<long> SaveAsync(string kind, string roomId, string payload, long version, RecordsContext? deed)
    {
        if (deed is null)
        {
            var context = await records.CreateDbContextAsync().ConfigureAwait(false);
            await using (context.ConfigureAwait(false))
            {
                return await SaveAsync(kind, roomId, payload, version, context).ConfigureAwait(false);
            }
        }

        var next = version + 1;
        var written = version == 0
            ? await deed.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "RoomAreas" ("RoomId", "Kind", "Version", "Payload") VALUES ({roomId}, {kind}, 1, {payload})
                    ON CONFLICT DO NOTHING
                """).ConfigureAwait(false)
            : await deed.Set<AreasRow>().Where(row => row.RoomId == roomId && row.Kind == kind && row.Version == version)
                .ExecuteUpdateAsync(row => row.SetProperty(one => one.Version, next).SetProperty(one => one.Payload, payload))
                .ConfigureAwait(false);
        return written == 1 ? next : throw new StaleStateException(kind, roomId, version);
    }

    /// <summary>A row that another version of the program wrote in another shape counts as nothing.</summary>
    private static T? Read<T>(AreasRow row)
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

    private sealed record Learnt(
        RoomAreasShape? Areas, ImmutableArray<SeatPlace>? Seats, bool Settled, DateTimeOffset At, DateTimeOffset? MovedAt)
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
