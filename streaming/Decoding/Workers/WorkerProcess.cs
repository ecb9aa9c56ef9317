using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Xunke.Streaming.Codecs.AccessUnits;

namespace Xunke.Streaming.Decoding.Workers;

/// <summary>One life of one worker process: from its start to its end, however that comes.</summary>
internal sealed class WorkerProcess(
    int index, DecoderPoolOptions options, IWorkerReceiver receiver, FramePool frames, TimeProvider time, ILogger logger)
{
    private const int MostComplaints = 20;
    private static readonly TimeSpan GreetingLook = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LastWordsLimit = TimeSpan.FromMilliseconds(200);

    private readonly WorkerQueue _queue = new(options.QueuedUnits, options.QueuedBytes);
    private readonly byte[] _forget = new byte[WorkerProtocol.ForgetLength];
    private long _writing;
    private long _progress;
    private int _processId;

    /// <summary>The process, or null before it is ready and after its end.</summary>
    public int? ProcessId => Volatile.Read(ref _processId) is var id and not 0 ? id : null;

    /// <summary>Offers a unit.</summary>
    public SendOutcome TrySend(AccessUnit unit, in UnitHeader header)
    {
        if (ProcessId is null)
        {
            return SendOutcome.NoWorker;
        }

        header.Write(unit.WithHeader(WorkerProtocol.UnitHeaderLength).Span);
        return _queue.TryAdd(unit) ? SendOutcome.Sent : SendOutcome.Full;
    }

    /// <summary>Lets the worker close a room's decoder.</summary>
    public void Forget(uint room) => _queue.TryAddForget(room);

    /// <summary>Starts the process and serves it until it ends or fails, then makes sure that it is gone.</summary>
    /// <exception cref="InvalidDataException">It broke the protocol.</exception>
    /// <exception cref="IOException">It cannot be started, or refuses to work.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var process = Start();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var listening = new CancellationTokenSource();
        var complaints = LogComplaintsAsync(process, listening.Token);
        try
        {
            var output = new WorkerOutput(process.StandardOutput.BaseStream, options.Size, frames, receiver);
            await GreetAsync(process, output, ending.Token).ConfigureAwait(false);
            Volatile.Write(ref _processId, process.Id);
            var watching = WatchAsync(process, output, ending.Token);
            receiver.OnReady(index);
            var reading = output.ReadAsync(ending.Token);
            var writing = WriteAsync(process.StandardInput.BaseStream, ending.Token);
            await Task.WhenAny(reading, writing).ConfigureAwait(false);
            Volatile.Write(ref _processId, 0);
            await ending.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(false);
            await EndBothAsync(process, Task.WhenAll(reading, writing)).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            // A worker that breaks the protocol cannot be trusted to end by itself.
            MediaTool.Stop(process);
            throw;
        }
        finally
        {
            Volatile.Write(ref _processId, 0);
            _queue.Close();
            await EndAsync(process).ConfigureAwait(false);
            if (!cancellationToken.IsCancellationRequested)
            {
                DecodingLog.WorkerEnded(logger, index, process.ExitCode);
            }

            // A grandchild may hold the pipe open for ever.
            listening.CancelAfter(LastWordsLimit);
            await complaints.ConfigureAwait(false);
        }
    }

    private Process Start()
    {
        string[] arguments =
        [
            DecodeWorker.Command,
            options.Size.MaximumWidth.ToString(CultureInfo.InvariantCulture),
            options.Size.MaximumHeight.ToString(CultureInfo.InvariantCulture),
        ];
        var start = new ProcessStartInfo(options.WorkerPath, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception cause)
        {
            throw new IOException($"The decode worker '{options.WorkerPath}' cannot be started: {cause.Message}", cause);
        }
    }

    private async Task GreetAsync(Process process, WorkerOutput output, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var hello = output.ReadHelloAsync(limit.Token);
        var waited = TimeSpan.Zero;
        while (await Task.WhenAny(hello, Task.Delay(GreetingLook, time, cancellationToken)).ConfigureAwait(false) != hello
            && !cancellationToken.IsCancellationRequested)
        {
            // One look at most for each delay, however late it came: the computer may be busy, and so may the worker be.
            waited += WorkerUse.Of(process.Id).WantsProcessor ? TimeSpan.Zero : GreetingLook;
            if (waited >= options.StartLimit)
            {
                await limit.CancelAsync().ConfigureAwait(false);
                await ((Task)hello).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw new IOException($"It did not report for work within {options.StartLimit.TotalSeconds:0} s.");
            }
        }

        DecodingLog.WorkerReady(logger, index, process.Id, await hello.ConfigureAwait(false));
    }

    private async Task WriteAsync(Stream input, CancellationToken cancellationToken)
    {
        try
        {
            while (await _queue.WaitAsync(cancellationToken).ConfigureAwait(false))
            {
                while (_queue.TryTake(out var unit, out var forgotten))
                {
                    Volatile.Write(ref _writing, 1);
                    try
                    {
                        await input.WriteAsync(
                            unit?.WithHeader(WorkerProtocol.UnitHeaderLength) ?? ForgetMessage(forgotten), cancellationToken)
                                .ConfigureAwait(false);
                    }
                    finally
                    {
                        unit?.Return();
                        Volatile.Write(ref _writing, 0);
                        Interlocked.Increment(ref _progress);
                    }
                }
            }
        }
        catch (IOException)
        {
            // It no longer reads: it has died, and its exit is told below.
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The reading side has ended, or the pool is closing.
        }
    }

    private Memory<byte> ForgetMessage(uint room)
    {
        WorkerProtocol.WritePrefix(_forget, _forget.Length, WorkerProtocol.Forget);
        BinaryPrimitives.WriteUInt32LittleEndian(_forget.AsSpan(WorkerProtocol.PrefixLength), room);
        return _forget;
    }

    private async Task WatchAsync(Process process, WorkerOutput output, CancellationToken cancellationToken)
    {
        var watch = new WorkerWatch(process.Id, options, time);
        using var timer = new PeriodicTimer(WorkerWatch.Interval(options), time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                if (watch.Look(Interlocked.Read(ref _progress) + output.Messages, owes: Volatile.Read(ref _writing) != 0) is { } verdict)
                {
                    DecodingLog.WorkerStalled(logger, index, verdict);
                    MediaTool.Stop(process);
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It has ended, or the pool is closing.
        }
    }

    private async Task LogComplaintsAsync(Process process, CancellationToken cancellationToken)
    {
        var count = 0;
        try
        {
            while (await process.StandardError.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                if (++count <= MostComplaints)
                {
                    DecodingLog.WorkerComplains(logger, index, line);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process has gone; what it left behind says nothing of interest.
        }
    }

    /// <summary>A worker that has closed one of its pipes may leave the other one full for ever.</summary>
    private static async Task EndBothAsync(Process process, Task both)
    {
        try
        {
            await both.WaitAsync(EndLimit).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            MediaTool.Stop(process);
            await both.ConfigureAwait(false);
        }
    }

    private async Task EndAsync(Process process)
    {
        // A worker ends when its input ends; it is killed only if it does not.
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(EndLimit);
        try
        {
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            MediaTool.Stop(process);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}
