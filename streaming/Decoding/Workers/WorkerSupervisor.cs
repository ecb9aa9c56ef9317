using Microsoft.Extensions.Logging;
using Xunke.Streaming.Codecs.AccessUnits;

namespace Xunke.Streaming.Decoding.Workers;

/// <summary>Keeps one worker process running: starts it, and again whenever it ends.</summary>
internal sealed class WorkerSupervisor(
    int index, DecoderPoolOptions options, IWorkerReceiver receiver, FramePool frames, TimeProvider time, ILogger logger)
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _supervision = Task.CompletedTask;
    private volatile WorkerProcess? _process;
    private int _restarts;

    /// <summary>The worker's place in the pool.</summary>
    public int Index => index;

    /// <summary>The process, or null while there is none that is ready.</summary>
    public int? ProcessId => _process?.ProcessId;

    /// <summary>Whether the process runs or waits for a processor.</summary>
    public bool WantsProcessor => ProcessId is { } id && WorkerUse.Of(id).WantsProcessor;

    /// <summary>How often it was started again.</summary>
    public int Restarts => Volatile.Read(ref _restarts);

    /// <summary>Starts to supervise.</summary>
    public void Start() => _supervision = SuperviseAsync(_stopping.Token);

    /// <summary>Offers a unit to the process, if there is one.</summary>
    public SendOutcome TrySend(AccessUnit unit, in UnitHeader header) =>
        _process?.TrySend(unit, header) ?? SendOutcome.NoWorker;

    /// <summary>Lets the worker close a room's decoder.</summary>
    public void Forget(uint room) => _process?.Forget(room);

    /// <summary>Ends the process and the supervision.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _supervision.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task SuperviseAsync(CancellationToken cancellationToken)
    {
        var delay = new RestartDelay();
        while (!cancellationToken.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            await LiveOnceAsync(cancellationToken).ConfigureAwait(false);
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            var wait = delay.After(time.GetElapsedTime(started));
            DecodingLog.WorkerRestarts(logger, index, wait.TotalMilliseconds);
            Interlocked.Increment(ref _restarts);
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LiveOnceAsync(CancellationToken cancellationToken)
    {
        var process = new WorkerProcess(index, options, receiver, frames, time, logger);
        _process = process;
        try
        {
            await process.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException broken)
        {
            DecodingLog.WorkerBrokeProtocol(logger, index, broken.Message);
        }
        catch (IOException failed)
        {
            DecodingLog.WorkerFailed(logger, index, failed.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The pool is closing.
        }
        catch (Exception bug)
        {
            // A bug, ours or the sink's, must not leave the rooms without a decoder.
            DecodingLog.WorkerServiceFailed(logger, bug, index);
        }
        finally
        {
            _process = null;
        }
    }
}
