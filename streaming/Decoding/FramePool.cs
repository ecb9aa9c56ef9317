using System.Buffers;

namespace Xunke.Streaming.Decoding;

/// <summary>Lends pixel buffers from the shared array pool and counts how many are out, so that a leak can be seen.</summary>
internal sealed class FramePool
{
    private int _outstanding;

    /// <summary>Buffers lent and not yet returned.</summary>
    public int Outstanding => Volatile.Read(ref _outstanding);

    /// <summary>Lends a buffer of at least that many bytes; its content is undefined.</summary>
    public IMemoryOwner<byte> Rent(int bytes)
    {
        Interlocked.Increment(ref _outstanding);
        return new Loan(this, ArrayPool<byte>.Shared.Rent(bytes));
    }

    private sealed class Loan(FramePool pool, byte[] buffer) : IMemoryOwner<byte>
    {
        private byte[]? _buffer = buffer;

        public Memory<byte> Memory => _buffer ?? throw new ObjectDisposedException(nameof(Loan));

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _buffer, null) is { } returned)
            {
                ArrayPool<byte>.Shared.Return(returned);
                Interlocked.Decrement(ref pool._outstanding);
            }
        }
    }
}
