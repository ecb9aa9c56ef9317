namespace Xunke.Tests.Streaming.Rtsp;

/// <summary>A stream that gives its content piece by piece.</summary>
internal sealed class Pieces(params byte[][] pieces) : MemoryStream
{
    private readonly Queue<ReadOnlyMemory<byte>> _left = new(pieces.Select(piece => (ReadOnlyMemory<byte>)piece));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_left.TryDequeue(out var piece))
        {
            return ValueTask.FromResult(0);
        }

        var taken = Math.Min(piece.Length, buffer.Length);
        piece[..taken].CopyTo(buffer);
        if (taken < piece.Length)
        {
            _left.Enqueue(piece[taken..]);
        }

        return ValueTask.FromResult(taken);
    }
}
