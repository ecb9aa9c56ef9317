using System.Buffers;
using System.Collections.Immutable;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Scheduling;

/// <summary>Makes small pictures and knows how many of them were not given back.</summary>
internal sealed class Pictures
{
    private int _held;

    /// <summary>Pictures that nobody has disposed yet.</summary>
    public int Held => Volatile.Read(ref _held);

    public RgbFrame Take(DateTimeOffset at)
    {
        Interlocked.Increment(ref _held);
        return new RgbFrame(4, 2, new Buffer(this), at);
    }

    private sealed class Buffer(Pictures pictures) : IMemoryOwner<byte>
    {
        private int _disposed;

        public Memory<byte> Memory { get; } = new byte[4 * 2 * 3];

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
    public IReadOnlyList<Pose> Estimate(RgbFrame frame)
    {
        work(frame);
        return ImmutableArray<Pose>.Empty;
    }

    public void Dispose() => disposed?.Invoke();
}
