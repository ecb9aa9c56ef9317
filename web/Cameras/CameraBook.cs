using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Streaming.Rtsp;
using Xunke.Web.Audit;

namespace Xunke.Web.Cameras;

/// <summary>
/// The rooms' RTSP cameras. On disk each is one text encrypted with the keys of the data directory; a copy of the
/// database alone tells neither address nor password.
/// </summary>
internal sealed partial class CameraBook(
    IDbContextFactory<RecordsContext> records, IDataProtectionProvider protection, ILogger<CameraBook> logger)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Xunke.Cameras");
    private readonly ConcurrentDictionary<string, CameraSource> _cameras = new(StringComparer.Ordinal);

    /// <summary>All rooms' cameras.</summary>
    public IReadOnlyDictionary<string, CameraSource> All => _cameras;

    /// <summary>A room's camera; null where cameras publish by WHIP.</summary>
    public CameraSource? Find(string roomId) => _cameras.GetValueOrDefault(roomId);

    /// <summary>Reads the cameras.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        var rooms = await context.Rooms.Where(room => room.Camera != null)
            .Select(room => new { room.Id, room.Camera })
            .ToListAsync(cancellationToken);
        foreach (var room in rooms)
        {
            if (Unprotect(room.Camera!) is { } camera)
            {
                _cameras[room.Id] = camera;
            }
            else
            {
                LogUnreadable(room.Id);
            }
        }
    }

    /// <summary>Gives a room on the books a camera or takes it away.</summary>
    public async Task SetAsync(Deed deed, string roomId, CameraSource? camera)
    {
        string? stored = camera is null ? null : Protect(camera);
        await deed.Records.Rooms.Where(room => room.Id == roomId).ExecuteUpdateAsync(room => room.SetProperty(r => r.Camera, stored));
        deed.Afterwards(() =>
        {
            if (camera is null)
            {
                _cameras.TryRemove(roomId, out _);
            }
            else
            {
                _cameras[roomId] = camera;
            }
        });
    }

    private string Protect(CameraSource camera) =>
        _protector.Protect(JsonSerializer.Serialize(new Stored(camera.Address.Text, camera.UserName, camera.Password)));

    private CameraSource? Unprotect(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Stored>(_protector.Unprotect(text)) is { } stored
                && CameraAddress.TryParse(stored.Address, out CameraAddress? address, out _)
                    ? new CameraSource(address, stored.UserName, stored.Password)
                    : null;
        }
        catch (CryptographicException)
        {
            // The keys of the data directory are not those it was encrypted with.
            return null;
        }
    }

    private sealed record Stored(string Address, string? UserName, string? Password);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Room {RoomId}: its RTSP camera cannot be decrypted with the keys of the data directory; enter it again")]
    private partial void LogUnreadable(string roomId);
}
