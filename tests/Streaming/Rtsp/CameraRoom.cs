using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Rtsp;
using Xunke.Tests.Support;

namespace Xunke.Tests.Streaming.Rtsp;

/// <summary>A running media server with a pool of RTSP cameras, and what was heard of them.</summary>
internal sealed class CameraRoom : ICameraObserver, IAsyncDisposable
{
    public const string Id = "s01-301";

    private readonly List<CameraStatus?> _heard = [];

    public CameraRoom(CameraOptions? options = null)
    {
        Media = new MediaServer(
            new MediaServerOptions { Bind = IPAddress.Loopback, UdpPort = 0 }, TimeProvider.System, NullLoggerFactory.Instance);
        Media.Start();
        Pool = new CameraPool(options ?? Quick, Media, this, TimeProvider.System, NullLoggerFactory.Instance);
    }

    /// <summary>As in the product, but for shorter waits.</summary>
    public static CameraOptions Quick { get; } = new()
    {
        FirstRetry = TimeSpan.FromMilliseconds(200),
        LongestRetry = TimeSpan.FromSeconds(1),
        SettledRetry = TimeSpan.FromSeconds(1),
        Patience = TimeSpan.FromSeconds(5),
    };

    public MediaServer Media { get; }

    /// <summary>The room's pictures since the beginning.</summary>
    public RoomPictures Pictures { get; } = new();

    /// <summary>Shows a camera and waits for some of its pictures.</summary>
    public async Task PlayAsync(CameraSource source, int pictures = 30)
    {
        Media.Tap(Id, Pictures);
        await Pool.SetAsync(Id, source);
        await Eventually.TrueAsync(
            () => Pictures.Video.Count >= pictures, () =>
                $"{Pictures.Video.Count} pictures: {string.Join("; ", Heard)}", TimeSpan.FromSeconds(60));
    }

    public CameraPool Pool { get; }

    public CameraStatus? Status => Pool.Status(Id);

    public IReadOnlyList<CameraStatus?> Heard
    {
        get
        {
            lock (_heard)
            {
                return [.. _heard];
            }
        }
    }

    /// <summary>RTP packets that the room has got from its present publisher.</summary>
    public long Packets => Media.Statistics(Id)?.Publisher?.Packets ?? 0;

    public Task LiveAsync() => Eventually.TrueAsync(
        () => Status?.State == CameraState.Live && Packets > 0, () => $"not live: {Status}", TimeSpan.FromSeconds(40));

    public Task FaultAsync(string fault) => Eventually.TrueAsync(
        () => Status is { State: CameraState.Waiting } status && status.Fault == fault,
        () => $"not {fault}: {string.Join("; ", Heard)}", TimeSpan.FromSeconds(40));

    public void CameraChanged(string roomId, CameraStatus? status)
    {
        lock (_heard)
        {
            _heard.Add(status);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Pool.DisposeAsync();
        await Media.DisposeAsync();
    }
}
