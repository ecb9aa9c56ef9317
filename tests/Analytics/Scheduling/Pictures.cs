using System.Buffers;
using System.Collections.Immutable;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Scheduling;

/// <summary>Makes small pictures of a view that has nothing wrong with it, and knows how many of them were not given back.</summary>
internal sealed class Pictures
{
    private const int Width = 64;
    private const int Height = 36;

    private readonly byte[] _view = new byte[Width * Height * 3];
    private int _held;

    public Pictures() => new Random(1).NextBytes(_view);

    /// <summary>Pictures that nobody has disposed yet.</summary>
    public int Held => Volatile.Read(ref _held);

    public RgbFrame Take(DateTimeOffset at)
    {
        Interlocked.Increment(ref _held);
        var pixels = (byte[])_view.Clone();

        // No two pictures of a living room are the same.
        BitConverter.TryWriteBytes(pixels, at.Ticks);
        return new RgbFrame(Width, Height, new Buffer(this, pixels), at);
    }

    /// <summary>A picture of which nothing can be made out.</summary>
    public RgbFrame TakeDark(DateTimeOffset at)
    {
        Interlocked.Increment(ref _held);
        return new RgbFrame(Width, Height, new Buffer(this, new byte[Width * Height * 3]), at);
    }

    private sealed class Buffer(Pictures pictures, byte[] pixels) : IMemoryOwner<byte>
    {
        private int _disposed;

        public Memory<byte> Memory { get; } = pixels;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                Interlocked.Decrement(ref pictures._held);
            }
        }
    }
}

/// <summary>An estimator for timing: it takes as long as told on the test's clock, waits where told, and sees nobody.</summary>
internal sealed class PacedEstimator(Action<RgbFrame> work, Action? disposed = null) : IPoseEstimator
{
    public IReadOnlyList<Pose> Estimate(RgbFrame frame, RowBand? rows = null, Fineness fineness = Fineness.Fine)
    {
        work(frame);
        return ImmutableArray<Pose>.Empty;
    }

    public void Dispose() => disposed?.Invoke();
}
