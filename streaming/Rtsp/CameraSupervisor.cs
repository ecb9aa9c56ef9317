using Microsoft.Extensions.Logging;
using Xunke.Streaming.Edge;

namespace Xunke.Streaming.Rtsp;

/// <summary>Keeps one room's camera connected: tries it, and again with growing waits whenever it fails.</summary>
internal sealed partial class CameraSupervisor(
    string roomId, CameraSource source, MediaServer media, CameraOptions options, Action<CameraStatus> onChange,
    TimeProvider time, ILogger logger)
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CameraBackoff _backoff = new(options, Random.Shared.NextDouble);
    private volatile CameraStatus _status = new(CameraState.Connecting, time.GetUtcNow(), null, null, null);
    private volatile CameraSession? _session;
    private readonly CameraHabits _habits = new();
    private Task _running = Task.CompletedTask;
    private bool _withAudio = true;
    private long _liveSince;

    public CameraStatus Status => _status;

    /// <summary>The process of its FFmpeg, or null while there is none.</summary>
    public int? ProcessId => _session?.ProcessId;

    /// <summary>Starts to connect.</summary>
    public void Start() => _running = RunAsync(_stopping.Token);

    /// <summary>Ends the connection, the process and the supervision.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        Report(_status);
        while (!cancellationToken.IsCancellationRequested)
        {
            _liveSince = 0;
            if (await TryAsync(cancellationToken).ConfigureAwait(false) is not { } failure)
            {
                return;
            }

            var wait = _backoff.After(failure.Fault, _liveSince == 0 ? TimeSpan.Zero : time.GetElapsedTime(_liveSince));
            var now = time.GetUtcNow();
            // A camera that is off for the night fails hundreds of times for the same reason.
            LogFailed(
                logger, failure.Fault == _status.Fault
                    ? LogLevel.Debug
                    : LogLevel.Warning, roomId, failure.Fault, failure.Loggable ?? "no more is known", wait.TotalSeconds);
            Report(new CameraStatus(CameraState.Waiting, now, failure.Fault, failure.Detail, now + wait));
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Report(_status with { State = CameraState.Connecting, Since = time.GetUtcNow(), NextAttempt = null });
        }
    }

    /// <returns>Why it failed; null when it was stopped.</returns>
    private async Task<CameraException?> TryAsync(CancellationToken cancellationToken)
    {
        var session = new CameraSession(roomId, source, media, options, time)
        {
            Habits = _habits,
            WithAudio = _withAudio,
            OnLive = OnLive,
            OnBlemish = what => LogBlemish(logger, roomId, what),
        };
        _session = session;
        try
        {
            await session.RunAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (CameraException failure)
        {
            if (failure.Fault == CameraFaults.ToolFailed && _liveSince == 0 && session.HasAudio)
            {
                // Audio that FFmpeg cannot make into Opus must not cost the picture.
                _withAudio = false;
            }

            return failure;
        }
        catch (Exception bug)
        {
            LogBug(logger, bug, roomId);
            return new CameraException(CameraFaults.ToolFailed, null, bug);
        }
        finally
        {
            _session = null;
        }
    }

    private void OnLive()
    {
        _liveSince = time.GetTimestamp();
        LogLive(logger, roomId, source.Address.Host, source.Address.Port);
        Report(new CameraStatus(CameraState.Live, time.GetUtcNow(), null, null, null));
    }

    private void Report(CameraStatus status)
    {
        _status = status;
        try
        {
            onChange(status);
        }
        catch (Exception bug)
        {
            // Whoever is told must not end the supervision.
            LogBug(logger, bug, roomId);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Room {RoomId}: its RTSP camera {Host}:{Port} is live")]
    private static partial void LogLive(ILogger logger, string roomId, string host, int port);

    [LoggerMessage(Message = "Room {RoomId}: its RTSP camera cannot be shown: {Fault} ({Detail}); next attempt in {Seconds:0.0} s")]
    private static partial void LogFailed(ILogger logger, LogLevel level, string roomId, string fault, string detail, double seconds);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Room {RoomId}: its RTSP camera sends {What}; they are put right, but look for newer firmware")]
    private static partial void LogBlemish(ILogger logger, string roomId, string what);

    [LoggerMessage(Level = LogLevel.Error, Message = "Room {RoomId}: its RTSP camera's service failed")]
    private static partial void LogBug(ILogger logger, Exception exception, string roomId);
}
