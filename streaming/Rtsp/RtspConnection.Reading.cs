using System.Globalization;
using Xunke.Streaming.Rtp;

namespace Xunke.Streaming.Rtsp;

/// <content>Tells frames, messages and what belongs to nothing apart.</content>
internal sealed partial class RtspConnection
{
    /// <summary>Takes all whole frames up to the next message.</summary>
    /// <param name="frames">The frames with their headers; valid until the next <see cref="FillAsync"/>.</param>
    /// <returns>False when none is at hand.</returns>
    /// <exception cref="RtspException">Nothing but garbage comes.</exception>
    public bool TryTakeFrames(out Memory<byte> frames)
    {
        var length = 0;
        do
        {
            while (InterleavedFrame.TryRead(Held[length..], out var channel, out var packet) && Believes(length, channel, packet))
            {
                length += InterleavedFrame.HeaderLength + packet.Length;
            }
        }
        while (length == 0 && TrySkip());

        frames = _buffer.AsMemory(_start, length);
        _start += length;
        return length > 0;
    }

    /// <summary>Takes a message.</summary>
    /// <returns>Null when no whole one comes next.</returns>
    /// <exception cref="RtspException">What comes next is neither frame nor message.</exception>
    public RtspMessage? TakeMessage()
    {
        while (true)
        {
            try
            {
                return TakeNextMessage();
            }
            catch (RtspException) when (sync is not null)
            {
                // It began like a message and was none; the next one may be.
                Skip(sync.FindNext(Held, 1, out _));
            }
        }
    }

    private RtspMessage? TakeNextMessage()
    {
        SkipEmptyLines();
        if (_start == _end || _buffer[_start] == '$' || (sync is not null && InterleavedSync.BeginsMessage(Held) != true))
        {
            return null;
        }

        var end = RtspMessage.FindEnd(Held, out var start);
        if (end < 0)
        {
            return _end - _start <= MaxHead
                ? null
                : throw new RtspException($"The head of an RTSP message is longer than {MaxHead} bytes.");
        }

        var message = RtspMessage.ParseHead(Held[..end]);
        var body = 0;
        if (message["Content-Length"] is { } length && !TryReadLength(length, out body))
        {
            throw new RtspException($"The body of an RTSP message is longer than {MaxBody} bytes.");
        }

        if (Held.Length < start + body)
        {
            return null;
        }

        message.Body = Held.Slice(start, body).ToArray();
        _start += start + body;
        sync?.TookMessage();
        return message;
    }

    // A camera that names no length, or nonsense, sends no body.
    private bool TryReadLength(string text, out int length) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out length)
            ? length <= MaxBody
            : sync is not null && !text.All(char.IsAsciiDigit);

    private void SkipEmptyLines()
    {
        while (_start < _end && _buffer[_start] is (byte)'\r' or (byte)'\n')
        {
            // RFC 2326 4 lets clients end a message with an empty line too many.
            _start++;
        }
    }

    private bool Believes(int at, byte channel, ReadOnlySpan<byte> packet)
    {
        if (sync is null)
        {
            return true;
        }

        if (!sync.Trusts(channel, packet))
        {
            return false;
        }

        var end = at + InterleavedFrame.HeaderLength + packet.Length;
        if (Held.Length > end && !InterleavedSync.MayBegin(Held[end])
            && sync.FindNext(Held, at + InterleavedFrame.HeaderLength, out var found) < end && found)
        {
            // It was broken off, and the next one has begun within the length that it claimed.
            return false;
        }

        sync.TookFrame(channel, packet);
        return true;
    }

    /// <returns>True when something was skipped and the next frame may be at hand.</returns>
    private bool TrySkip()
    {
        if (sync is null)
        {
            return false;
        }

        SkipEmptyLines();
        var held = Held;
        if (held.IsEmpty)
        {
            return false;
        }

        if (held[0] == '$')
        {
            return TrySkipFrame(held, sync);
        }

        if (InterleavedSync.BeginsMessage(held) != false)
        {
            return false;
        }

        Skip(sync.FindNext(held, 1, out var found));
        return found;
    }

    private bool TrySkipFrame(ReadOnlySpan<byte> held, InterleavedSync finder)
    {
        if (held.Length < InterleavedFrame.HeaderLength + 2)
        {
            return false;
        }

        var end = InterleavedFrame.HeaderLength + ((held[2] << 8) | held[3]);
        var isKnown =
            finder.Trusts(held[1], held.Slice(InterleavedFrame.HeaderLength,
            Math.Min(held.Length, Math.Max(end, InterleavedFrame.HeaderLength)) - InterleavedFrame.HeaderLength));
        if (held.Length > end)
        {
            if (!isKnown && InterleavedSync.MayBegin(held[end]))
            {
                // It belongs to no channel that was set up, or is no RTP.
                finder.TookStrangeFrame(held[1]);
                _start += end;
                return true;
            }

            Skip(finder.FindNext(held, 1, out var found));
            return found;
        }

        if (isKnown)
        {
            return false;
        }

        // A dollar sign in garbage may claim any length: what is surely the stream's need not wait for its end.
        var next = finder.FindNext(held, 1, out var isFrame);
        if (isFrame)
        {
            Skip(next);
        }

        return isFrame;
    }

    private void Skip(int length)
    {
        sync?.Skip(Held[..length]);
        _start += length;
    }
}
