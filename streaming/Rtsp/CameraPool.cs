using Microsoft.Extensions.Logging;
using Xunke.Streaming.Edge;

namespace Xunke.Streaming.Rtsp;

/// <summary>The RTSP cameras of all rooms. All members may be called from any thread.</summary>
public sealed class CameraPool : IAsyncDisposable
{
    private readonly MediaServer _media;
    private readonly CameraOptions _options;
    private readonly ICameraObserver _observer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _changing = new(1);
    private readonly Dictionary<string, CameraSupervisor> _cameras = new(StringComparer.Ordinal);
    private bool _disposed;

    /// <summary>Creates a pool without cameras.</summary>
    /// <param name="options">The times that cameras are kept to.</param>
    public CameraPool(CameraOptions options, MediaServer media, ICameraObserver observer, TimeProvider time, ILoggerFactory loggers)
    {
        _options = options;
        _media = media;
        _observer = observer;
        _time = time;
        _logger = loggers.CreateLogger<CameraPool>();
    }

    /// <summary>Gives a room a camera, another one, or none; the old one is gone when this returns.</summary>
    /// <param name="source">The camera; null for none.</param>
    /// <exception cref="ObjectDisposedException">The pool is closed.</exception>
    public async Task SetAsync(string roomId, CameraSource? source)
    {
        await _changing.WaitAsync().ConfigureAwait(false);
        try
        {
            await RemoveAsync(roomId).ConfigureAwait(false);
            if (source is null)
            {
                _observer.CameraChanged(roomId, null);
                return;
            }

            var camera = new CameraSupervisor(
                roomId, source, _media, _options, status => _observer.CameraChanged(roomId, status), _time, _logger);
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                _cameras.Add(roomId, camera);
            }

            camera.Start();
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>How a room's camera is; null when it has none here.</summary>
    public CameraStatus? Status(string roomId) => Find(roomId)?.Status;

    /// <summary>Connects to a camera and asks what it has, without showing it.</summary>
    /// <returns>The fault and its detail; both null when the camera has a stream that can be shown, as far as it says.</returns>
    public async Task<(string? Fault, string? Detail)> TestAsync(CameraSource source, CancellationToken cancellationToken)
    {
        try
        {
            await CameraRoute.FollowAsync(source, async target =>
            {
                var link = await CameraLink.OpenAsync(target, _options.Patience, _time, cancellationToken).ConfigureAwait(false);
                await using var closing = link.ConfigureAwait(false);
                return CameraOffer.From(link.Description, withAudio: true);
            }).ConfigureAwait(false);
            return (null, null);
        }
        catch (CameraException failure)
        {
            return (failure.Fault, failure.Detail);
        }
    }

    /// <summary>Ends all cameras.</summary>
    public async ValueTask DisposeAsync()
    {
        await _changing.WaitAsync().ConfigureAwait(false);
        try
        {
            CameraSupervisor[] cameras;
            lock (_gate)
            {
                _disposed = true;
                cameras = [.. _cameras.Values];
                _cameras.Clear();
            }

            await Task.WhenAll(cameras.Select(camera => camera.StopAsync())).ConfigureAwait(false);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>The process of a room's FFmpeg, or null.</summary>
    internal int? ProcessId(string roomId) => Find(roomId)?.ProcessId;

    private CameraSupervisor? Find(string roomId)
    {
        lock (_gate)
        {
            return _cameras.GetValueOrDefault(roomId);
        }
    }

    private async Task RemoveAsync(string roomId)
    {
        CameraSupervisor? camera;
        lock (_gate)
        {
            _cameras.Remove(roomId, out camera);
        }

        if (camera is not null)
        {
            await camera.StopAsync().ConfigureAwait(false);
        }
    }
}
