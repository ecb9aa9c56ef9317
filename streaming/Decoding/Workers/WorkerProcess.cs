using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Xunke.Streaming.Decoding.AccessUnits;

namespace Xunke.Streaming.Decoding.Workers;

/// <summary>One life of one worker process: from its start to its end, however that comes.</summary>
internal sealed class WorkerProcess(
    int index, DecoderPoolOptions options, IWorkerReceiver receiver, FramePool frames, TimeProvider time, ILogger logger)
{
    private const int MostComplaints = 20;
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LastWordsLimit = TimeSpan.FromMilliseconds(200);

    private readonly WorkerQueue _queue = new(options.QueuedUnits, options.QueuedBytes);
    private readonly byte[] _fields = new byte[WorkerProtocol.LongestRefusal];
    private readonly byte[] _forget = new byte[WorkerProtocol.ForgetLength];
    private long _writingSince;
    private int _processId;

    /// <summary>The process, or null before it is ready and after its end.</summary>
    public int? ProcessId => Volatile.Read(ref _processId) is var id and not 0 ? id : null;

    /// <summary>Offers a unit.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="header">What to tell of it.</param>
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
    /// <param name="room">The room's number.</param>
    public void Forget(uint room) => _queue.TryAddForget(room);

    /// <summary>Starts the process and serves it until it ends or fails, then makes sure that it is gone.</summary>
    /// <param name="cancellationToken">Ends it in good order.</param>
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
            await GreetAsync(process, ending.Token);
            Volatile.Write(ref _processId, process.Id);
            using var watch = time.CreateTimer(_ => KillIfStalled(process), null, options.StallLimit / 2, options.StallLimit / 2);
            receiver.OnReady(index);
            var reading = ReadAsync(process.StandardOutput.BaseStream, ending.Token);
            var writing = WriteAsync(process.StandardInput.BaseStream, ending.Token);
            await Task.WhenAny(reading, writing);
            Volatile.Write(ref _processId, 0);
            await ending.CancelAsync();
            await Task.WhenAll(reading, writing);
        }
        catch (InvalidDataException)
        {
            // What it does next is anybody's guess, so it gets no time to end by itself.
            process.Kill();
            throw;
        }
        finally
        {
            Volatile.Write(ref _processId, 0);
            _queue.Close();
            await EndAsync(process);
            // A child of its own may hold the pipe open for as long as it likes.
            listening.CancelAfter(LastWordsLimit);
            await complaints;
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

    private async Task GreetAsync(Process process, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.StartLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var output = process.StandardOutput.BaseStream;
            var prefix = _fields.AsMemory(0, WorkerProtocol.PrefixLength);
            await output.ReadExactlyAsync(prefix, either.Token);
            var (kind, length) = WorkerProtocol.ReadPrefix(prefix.Span);
            if (length > WorkerProtocol.LongestRefusal || kind is not (WorkerProtocol.Hello or WorkerProtocol.Refuse))
            {
                throw new InvalidDataException($"It greets with a message of kind {kind} and {length} bytes.");
            }

            var body = _fields.AsMemory(0, length);
            await output.ReadExactlyAsync(body, either.Token);
            if (kind == WorkerProtocol.Refuse)
            {
                throw new IOException(Encoding.UTF8.GetString(body.Span));
            }

            if (length != WorkerProtocol.HelloLength - WorkerProtocol.PrefixLength || body.Span[0] != WorkerProtocol.Version)
            {
                throw new InvalidDataException("It speaks another version of the worker protocol.");
            }

            DecodingLog.WorkerReady(
                logger, index, process.Id,
                BinaryPrimitives.ReadUInt16LittleEndian(body.Span[2..]),
                BinaryPrimitives.ReadUInt16LittleEndian(body.Span[4..]),
                BinaryPrimitives.ReadUInt16LittleEndian(body.Span[6..]));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new IOException($"It did not report for work within {options.StartLimit.TotalSeconds:0} s.");
        }
    }

    private async Task ReadAsync(Stream output, CancellationToken cancellationToken)
    {
        var prefix = new byte[WorkerProtocol.PrefixLength];
        try
        {
            while (await output.ReadAtLeastAsync(prefix, prefix.Length, throwOnEndOfStream: false, cancellationToken) == prefix.Length)
            {
                var (kind, length) = WorkerProtocol.ReadPrefix(prefix);
                switch (kind)
                {
                    case WorkerProtocol.Frame when FrameHeader.IsPossible(length, options.Size):
                        await ReadFrameAsync(output, length, cancellationToken);
                        break;
                    case WorkerProtocol.Error when length == WorkerProtocol.ErrorLength - WorkerProtocol.PrefixLength:
                        await output.ReadExactlyAsync(_fields.AsMemory(0, length), cancellationToken);
                        receiver.OnDecodeError(BinaryPrimitives.ReadUInt32LittleEndian(_fields), _fields[4] != 0);
                        break;
                    default:
                        throw new InvalidDataException($"It sent a message of kind {kind} and {length} bytes.");
                }
            }
        }
        catch (EndOfStreamException)
        {
            // It died in the middle of a message, which is an end like any other.
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The other direction has ended, or the pool is closing.
        }
    }

    private async Task ReadFrameAsync(Stream output, int length, CancellationToken cancellationToken)
    {
        var fields = _fields.AsMemory(0, WorkerProtocol.FrameHeaderLength - WorkerProtocol.PrefixLength);
        await output.ReadExactlyAsync(fields, cancellationToken);
        var header = FrameHeader.Read(fields.Span, length, options.Size);
        var pixels = frames.Rent(header.PixelLength);
        try
        {
            await output.ReadExactlyAsync(pixels.Memory[..header.PixelLength], cancellationToken);
        }
        catch
        {
            pixels.Dispose();
            throw;
        }

        receiver.OnFrame(header, pixels);
    }

    private async Task WriteAsync(Stream input, CancellationToken cancellationToken)
    {
        try
        {
            while (await _queue.WaitAsync(cancellationToken))
            {
                while (_queue.TryTake(out var unit, out var forgotten))
                {
                    Volatile.Write(ref _writingSince, time.GetTimestamp());
                    try
                    {
                        await input.WriteAsync(
                            unit?.WithHeader(WorkerProtocol.UnitHeaderLength) ?? ForgetMessage(forgotten), cancellationToken);
                    }
                    finally
                    {
                        unit?.Return();
                        Volatile.Write(ref _writingSince, 0);
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
            // The other direction has ended, or the pool is closing.
        }
    }

    private Memory<byte> ForgetMessage(uint room)
    {
        WorkerProtocol.WritePrefix(_forget, _forget.Length, WorkerProtocol.Forget);
        BinaryPrimitives.WriteUInt32LittleEndian(_forget.AsSpan(WorkerProtocol.PrefixLength), room);
        return _forget;
    }

    private void KillIfStalled(Process process)
    {
        var since = Volatile.Read(ref _writingSince);
        if (since != 0 && time.GetElapsedTime(since) > options.StallLimit && ProcessId is not null)
        {
            DecodingLog.WorkerStalled(logger, index, options.StallLimit.TotalSeconds);
            process.Kill();
        }
    }

    private async Task LogComplaintsAsync(Process process, CancellationToken cancellationToken)
    {
        var count = 0;
        try
        {
            while (await process.StandardError.ReadLineAsync(cancellationToken) is { } line)
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

    private async Task EndAsync(Process process)
    {
        // The end of its input is what it waits for; it is killed only when that does not help.
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(EndLimit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
