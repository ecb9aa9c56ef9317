namespace Xunke.Streaming.Rtsp;

/// <summary>
/// One side of an RTSP connection over TCP, on which messages and interleaved frames alternate (RFC 2326 10.12).
/// One caller reads at a time; any may write.
/// </summary>
/// <param name="stream">The connection; closed with this.</param>
/// <param name="sync">Finds the way back when the other side sends what belongs to nothing; null to refuse that.</param>
internal sealed partial class RtspConnection(Stream stream, InterleavedSync? sync = null) : IAsyncDisposable
{
    private const int SmallBuffer = 16 * 1024;

    // A frame is at most 64 KiB; a session description may be as long as the one of a browser.
    private const int MaxHead = 16 * 1024;
    private const int MaxBody = Sdp.SdpParser.MaxLength;
    private const int LargestBuffer = 128 * 1024;

    private readonly SemaphoreSlim _writing = new(1);
    private byte[] _buffer = new byte[SmallBuffer];
    private int _start;
    private int _end;

    /// <summary>Whether something has come that is not taken yet.</summary>
    public bool HasHalf => _end > _start;

    private ReadOnlySpan<byte> Held => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Waits for more bytes. What was taken before becomes invalid.</summary>
    /// <returns>False when the other side has closed.</returns>
    /// <exception cref="IOException">The connection broke.</exception>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        Held.CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            // What can be taken is taken before more is asked for, so this is one frame or message that does not fit.
            Array.Resize(ref _buffer, Math.Min(2 * _buffer.Length, LargestBuffer));
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }

    /// <summary>Waits for the next message; frames before it are dropped.</summary>
    /// <returns>Null when the other side has closed.</returns>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="RtspException">What came is not RTSP.</exception>
    public async ValueTask<RtspMessage?> ReadMessageAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            while (TryTakeFrames(out _))
            {
                // Frames end where a message begins, and garbage may lie between them.
            }

            if (TakeMessage() is { } message)
            {
                return message;
            }

            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return null;
            }
        }
    }

    /// <summary>Sends a message.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    public ValueTask WriteAsync(RtspMessage message, CancellationToken cancellationToken) =>
        WriteAsync(message.ToBytes(), cancellationToken);

    /// <summary>Sends whole frames or messages.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync().ConfigureAwait(false);
        _writing.Dispose();
    }
}
