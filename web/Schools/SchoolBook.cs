using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Web.Audit;

namespace Xunke.Web.Schools;

/// <summary>A school as the pages show it.</summary>
internal sealed record SchoolEntry(string SchoolId, string Name, string NameEn, ImmutableArray<RoomEntry> Rooms);

/// <summary>A room as the pages show it.</summary>
internal sealed record RoomEntry(string RoomId, string SchoolId, string Name, string Grade, int Enrolled);

/// <summary>The version of a room's WHIP key.</summary>
internal sealed record RoomKeyVersion(int Version, DateTimeOffset RotatedAt);

/// <summary>
/// The schools and rooms on the books, held in memory: every request and every hub call asks whether its room exists
/// and whose it is. Only the versions of keys change while the server runs.
/// </summary>
internal sealed class SchoolBook(IDbContextFactory<RecordsContext> records)
{
    private FrozenDictionary<string, SchoolEntry> _schools = FrozenDictionary<string, SchoolEntry>.Empty;
    private FrozenDictionary<string, RoomEntry> _rooms = FrozenDictionary<string, RoomEntry>.Empty;
    private ImmutableDictionary<string, RoomKeyVersion> _keys = ImmutableDictionary<string, RoomKeyVersion>.Empty;

    /// <summary>All schools in the district's order.</summary>
    public ImmutableArray<SchoolEntry> Schools { get; private set; } = [];

    /// <summary>Reads the books.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        List<School> schools = await context.Schools.AsNoTracking().OrderBy(school => school.Order).ToListAsync(cancellationToken);
        List<Room> rooms = await context.Rooms.AsNoTracking().OrderBy(room => room.Id).ToListAsync(cancellationToken);
        ILookup<string, RoomEntry> bySchool = rooms
            .Select(room => new RoomEntry(room.Id, room.SchoolId, room.Name, room.Grade, room.Enrolled))
            .ToLookup(room => room.SchoolId);
        Schools = [.. schools.Select(school => new SchoolEntry(school.Id, school.Name, school.NameEn, [.. bySchool[school.Id]]))];
        _schools = Schools.ToFrozenDictionary(school => school.SchoolId, StringComparer.Ordinal);
        _rooms = Schools.SelectMany(school => school.Rooms).ToFrozenDictionary(room => room.RoomId, StringComparer.Ordinal);
        _keys = rooms.ToImmutableDictionary(room => room.Id, room => new RoomKeyVersion(room.KeyVersion, room.KeyRotatedAt), StringComparer.Ordinal);
    }

    /// <summary>A school, or null.</summary>
    public SchoolEntry? FindSchool(string? schoolId) => schoolId is null ? null : _schools.GetValueOrDefault(schoolId);

    /// <summary>A room, or null.</summary>
    public RoomEntry? FindRoom(string? roomId) => roomId is null ? null : _rooms.GetValueOrDefault(roomId);

    /// <summary>The key version of a room on the books.</summary>
    public RoomKeyVersion KeyVersion(string roomId) => _keys[roomId];

    /// <summary>Adds one to a room's key version.</summary>
    public async Task RotateKeyAsync(Deed deed, string roomId, DateTimeOffset at)
    {
        Room room = await deed.Records.Rooms.SingleAsync(room => room.Id == roomId);
        room.KeyVersion++;
        room.KeyRotatedAt = at;
        var version = new RoomKeyVersion(room.KeyVersion, at);
        deed.Afterwards(() => ImmutableInterlocked.AddOrUpdate(ref _keys, roomId, version, (_, _) => version));
    }
}
