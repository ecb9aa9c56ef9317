using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Xunke.Tests.Streaming.Rtsp;

/// <summary>A request as a camera sees it.</summary>
/// <param name="Head">Start line and headers, one byte in each character.</param>
internal sealed record HabitRequest(string Head)
{
    public string Method => Head.Split(' ')[0];

    public string Uri => Head.Split(' ')[1];

    public string Sequence => Header("CSeq") ?? "";

    public string? Header(string name) => Head.Split("\r\n").Skip(1)
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            .Select(line => line[(name.Length + 1)..].Trim()).FirstOrDefault();
}

/// <summary>A camera's end of a connection.</summary>
internal sealed class HabitConnection(NetworkStream stream)
{
    private readonly SemaphoreSlim _writing = new(1);
    private readonly List<byte> _held = [];
    private long _touched = Environment.TickCount64;

    /// <summary>How long there was no sign of life.</summary>
    public TimeSpan Silence => TimeSpan.FromMilliseconds(Environment.TickCount64 - Interlocked.Read(ref _touched));

    public void Touch(bool counts) => _ = counts ? Interlocked.Exchange(ref _touched, Environment.TickCount64) : 0;

    /// <summary>Reads a request, or a frame, of which nothing is told.</summary>
    public async Task<(string? Head, bool IsFrame)> ReadAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        while (true)
        {
            if (_held.Count >= 4 && _held[0] == '$' && _held.Count >= 4 + (_held[2] << 8) + _held[3])
            {
                _held.RemoveRange(0, 4 + (_held[2] << 8) + _held[3]);
                return (null, true);
            }

            var text = Encoding.Latin1.GetString([.. _held]);
            if (text.Length > 0 && text[0] != '$' && text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var end)
            {
                _held.RemoveRange(0, end + 4);
                return (text[..end], false);
            }

            var read = await stream.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                return (null, false);
            }

            _held.AddRange(buffer.AsSpan(0, read));
        }
    }

    public async Task WriteAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await stream.WriteAsync(bytes, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>An interleaved frame with a packet of RTP.</summary>
    public static byte[] Frame(byte channel, byte type, bool marker, ushort sequence, uint time, byte[] payload)
    {
        var frame = new byte[16 + payload.Length];
        (frame[0], frame[1]) = ((byte)'$', channel);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)(12 + payload.Length));
        (frame[4], frame[5]) = (0x80, (byte)(type | (marker ? 0x80 : 0)));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(6), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(8), time);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(12), 0x2A27A3FB);
        payload.CopyTo(frame, 16);
        return frame;
    }
}
