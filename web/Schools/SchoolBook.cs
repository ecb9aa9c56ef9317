using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Changes;

namespace Xunke.Web.Schools;

/// <summary>A school as the pages show it.</summary>
internal sealed record SchoolEntry(string SchoolId, string Name, string NameEn, ImmutableArray<RoomEntry> Rooms);

/// <summary>A room as the pages show it.</summary>
internal sealed record RoomEntry(string RoomId, string SchoolId, string Name, string Grade, int Enrolled);

/// <summary>The version of a room's WHIP key.</summary>
internal sealed record RoomKeyVersion(int Version, DateTimeOffset RotatedAt);

/// <summary>
/// The schools and rooms on the books, held in memory: every request and every hub call asks whether its room exists
/// and whose it is. They are read again after every change.
/// </summary>
internal sealed class SchoolBook(IDbContextFactory<RecordsContext> records) : IBookReader
{
    private volatile Contents _contents = Contents.Of([]);
    private ImmutableDictionary<string, RoomKeyVersion> _keys = ImmutableDictionary<string, RoomKeyVersion>.Empty;

    /// <summary>All schools in the district's order.</summary>
    public ImmutableArray<SchoolEntry> Schools => _contents.Schools;

    /// <inheritdoc />
    public async Task ReadBooksAsync(CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        List<School> schools = await context.Schools.AsNoTracking().OrderBy(school => school.Order).ToListAsync(cancellationToken);
        List<Room> rooms = await context.Rooms.AsNoTracking().OrderBy(room => room.Id).ToListAsync(cancellationToken);
        ILookup<string, RoomEntry> bySchool = rooms
            .Select(room => new RoomEntry(room.Id, room.SchoolId, room.Name, room.Grade, room.Enrolled))
            .ToLookup(room => room.SchoolId);
        foreach (Room room in rooms)
        {
            Raise(room.Id, new RoomKeyVersion(room.KeyVersion, room.KeyRotatedAt));
        }

        _contents = Contents.Of(
            [.. schools.Select(school => new SchoolEntry(school.Id, school.Name, school.NameEn, [.. bySchool[school.Id]]))]);
    }

    /// <summary>A school, or null.</summary>
    public SchoolEntry? FindSchool(string? schoolId) => schoolId is null ? null : _contents.ById.GetValueOrDefault(schoolId);

    /// <summary>A room, or null.</summary>
    public RoomEntry? FindRoom(string? roomId) => roomId is null ? null : _contents.Rooms.GetValueOrDefault(roomId);

    /// <summary>The key version of a room on the books.</summary>
    public RoomKeyVersion KeyVersion(string roomId) => _keys[roomId];

    /// <summary>Adds one to a room's key version.</summary>
    public async Task RotateKeyAsync(Deed deed, string roomId, DateTimeOffset at)
    {
        Room room = await deed.Records.Rooms.SingleAsync(room => room.Id == roomId);
        room.KeyVersion++;
        room.KeyRotatedAt = at;
        var version = new RoomKeyVersion(room.KeyVersion, at);
        deed.Afterwards(() => Raise(roomId, version));
    }

    // What was read before a rotation must not bring the old key back.
    private void Raise(string roomId, RoomKeyVersion version) => ImmutableInterlocked.AddOrUpdate(
        ref _keys, roomId, version, (_, known) => known.Version > version.Version ? known : version);

    private sealed record Contents(
        ImmutableArray<SchoolEntry> Schools, FrozenDictionary<string, SchoolEntry> ById, FrozenDictionary<string, RoomEntry> Rooms)
    {
        public static Contents Of(ImmutableArray<SchoolEntry> schools) => new(
            schools,
            schools.ToFrozenDictionary(school => school.SchoolId, StringComparer.Ordinal),
            schools.SelectMany(school => school.Rooms).ToFrozenDictionary(room => room.RoomId, StringComparer.Ordinal));
    }
}
