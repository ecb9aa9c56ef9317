using System.Buffers.Binary;
using System.Text;

namespace Xunke.Streaming.Decoding.Workers;

/// <summary>Reads what one worker process sends, and believes nothing of it unchecked.</summary>
/// <param name="size">The box that its pictures must fit into.</param>
/// <param name="frames">Lends the pixel buffers.</param>
internal sealed class WorkerOutput(Stream stream, AnalysisSize size, FramePool frames, IWorkerReceiver receiver)
{
    private readonly byte[] _prefix = new byte[WorkerProtocol.PrefixLength];
    private readonly byte[] _fields = new byte[WorkerProtocol.LongestRefusal];
    private long _messages;

    /// <summary>How many messages have begun to come.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>Reads the greeting.</summary>
    /// <returns>The version of the worker's libavcodec.</returns>
    /// <exception cref="InvalidDataException">It is no greeting of this version of the protocol.</exception>
    /// <exception cref="IOException">The worker refuses to work, with its reason, or ended first.</exception>
    public async Task<Version> ReadHelloAsync(CancellationToken cancellationToken)
    {
        await stream.ReadExactlyAsync(_prefix, cancellationToken).ConfigureAwait(false);
        var (kind, length) = WorkerProtocol.ReadPrefix(_prefix);
        if (length > WorkerProtocol.LongestRefusal || kind is not (WorkerProtocol.Hello or WorkerProtocol.Refuse))
        {
            throw new InvalidDataException($"It greets with a message of kind {kind} and {length} bytes.");
        }

        var body = _fields.AsMemory(0, length);
        await stream.ReadExactlyAsync(body, cancellationToken).ConfigureAwait(false);
        if (kind == WorkerProtocol.Refuse)
        {
            throw new IOException(Encoding.UTF8.GetString(body.Span));
        }

        if (length != WorkerProtocol.HelloLength - WorkerProtocol.PrefixLength || body.Span[0] != WorkerProtocol.Version)
        {
            throw new InvalidDataException("It speaks another version of the worker protocol.");
        }

        return new Version(
            BinaryPrimitives.ReadUInt16LittleEndian(body.Span[2..]),
            BinaryPrimitives.ReadUInt16LittleEndian(body.Span[4..]),
            BinaryPrimitives.ReadUInt16LittleEndian(body.Span[6..]));
    }

    /// <summary>Hands on what comes until the worker ends or the token is cancelled.</summary>
    /// <exception cref="InvalidDataException">The worker broke the protocol.</exception>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await stream.ReadAtLeastAsync(_prefix, _prefix.Length, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false) == _prefix.Length)
            {
                var (kind, length) = WorkerProtocol.ReadPrefix(_prefix);
                Interlocked.Increment(ref _messages);
                switch (kind)
                {
                    case WorkerProtocol.Frame when FrameHeader.IsPossible(length, size):
                        await ReadFrameAsync(length, cancellationToken).ConfigureAwait(false);
                        break;
                    case WorkerProtocol.Error when length == WorkerProtocol.ErrorLength - WorkerProtocol.PrefixLength:
                        await stream.ReadExactlyAsync(_fields.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
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
            // The writing side has ended, or the pool is closing.
        }
    }

    private async Task ReadFrameAsync(int length, CancellationToken cancellationToken)
    {
        var fields = _fields.AsMemory(0, WorkerProtocol.FrameHeaderLength - WorkerProtocol.PrefixLength);
        await stream.ReadExactlyAsync(fields, cancellationToken).ConfigureAwait(false);
        var header = FrameHeader.Read(fields.Span, length, size);
        var pixels = frames.Rent(header.PixelLength);
        try
        {
            await stream.ReadExactlyAsync(pixels.Memory[..header.PixelLength], cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            pixels.Dispose();
            throw;
        }

        receiver.OnFrame(header, pixels);
    }
}
