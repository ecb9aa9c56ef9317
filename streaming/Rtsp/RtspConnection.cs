using System.Globalization;

namespace Xunke.Streaming.Rtsp;

/// <summary>
/// One side of an RTSP connection over TCP, on which messages and interleaved frames alternate (RFC 2326 10.12).
/// One caller reads at a time; any may write.
/// </summary>
/// <param name="stream">The connection; closed with this.</param>
internal sealed class RtspConnection(Stream stream) : IAsyncDisposable
{
    /// <summary>A frame is a dollar sign, the channel, two bytes of length, and the packet.</summary>
    public const int FrameHeader = 4;

    private const int SmallBuffer = 16 * 1024;

    // A frame is at most 64 KiB; a session description may be as long as the one of a browser.
    private const int MaxHead = 16 * 1024;
    private const int MaxBody = Sdp.SdpParser.MaxLength;
    private const int LargestBuffer = 128 * 1024;

    private readonly SemaphoreSlim _writing = new(1);
    private byte[] _buffer = new byte[SmallBuffer];
    private int _start;
    private int _end;

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

    /// <summary>Takes all whole frames up to the next message.</summary>
    /// <param name="frames">The frames with their headers; valid until the next <see cref="FillAsync"/>.</param>
    /// <returns>False when none is at hand.</returns>
    public bool TryTakeFrames(out ReadOnlyMemory<byte> frames)
    {
        var length = 0;
        while (TryReadFrame(Held[length..], out _, out var packet))
        {
            length += FrameHeader + packet.Length;
        }

        frames = _buffer.AsMemory(_start, length);
        _start += length;
        return length > 0;
    }

    /// <summary>Reads the first of some frames.</summary>
    /// <returns>False when they do not begin with a whole frame.</returns>
    public static bool TryReadFrame(ReadOnlySpan<byte> frames, out byte channel, out ReadOnlySpan<byte> packet)
    {
        channel = 0;
        packet = default;
        if (frames.Length < FrameHeader || frames[0] != '$')
        {
            return false;
        }

        var length = (frames[2] << 8) | frames[3];
        if (frames.Length < FrameHeader + length)
        {
            return false;
        }

        channel = frames[1];
        packet = frames.Slice(FrameHeader, length);
        return true;
    }

    /// <summary>Takes a message.</summary>
    /// <returns>Null when no whole one comes next.</returns>
    /// <exception cref="RtspException">What comes next is neither frame nor message.</exception>
    public RtspMessage? TakeMessage()
    {
        while (_start < _end && _buffer[_start] is (byte)'\r' or (byte)'\n')
        {
            // RFC 2326 4 lets clients end a message with an empty line too many.
            _start++;
        }

        if (_start == _end || _buffer[_start] == '$')
        {
            return null;
        }

        var end = Held.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return _end - _start <= MaxHead ? null : throw new RtspException($"The head of an RTSP message is longer than {MaxHead} bytes.");
        }

        var message = RtspMessage.ParseHead(Held[..end]);
        var body = 0;
        if (message["Content-Length"] is { } length
            && (!int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out body) || body > MaxBody))
        {
            throw new RtspException($"The body of an RTSP message is longer than {MaxBody} bytes.");
        }

        if (Held.Length < end + 4 + body)
        {
            return null;
        }

        message.Body = Held.Slice(end + 4, body).ToArray();
        _start += end + 4 + body;
        return message;
    }

    /// <summary>Waits for the next message; frames before it are dropped.</summary>
    /// <returns>Null when the other side has closed.</returns>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="RtspException">What came is not RTSP.</exception>
    public async ValueTask<RtspMessage?> ReadMessageAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TryTakeFrames(out _);
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
    public ValueTask WriteAsync(RtspMessage message, CancellationToken cancellationToken) => WriteAsync(message.ToBytes(), cancellationToken);

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
