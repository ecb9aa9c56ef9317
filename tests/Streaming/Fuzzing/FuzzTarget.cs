namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>
/// Something that takes what strangers send. It is fed in episodes: within one, what earlier inputs left behind meets
/// the later ones; with the next one it starts afresh, so that a failure can be brought about again.
/// </summary>
internal abstract class FuzzTarget : IDisposable
{
    /// <summary>The target's name on the command line and in reports.</summary>
    public abstract string Name { get; }

    /// <summary>Real inputs, from which hostile ones are made.</summary>
    public abstract IReadOnlyList<byte[]> Corpus { get; }

    /// <summary>How many inputs make an episode.</summary>
    public virtual int EpisodeLength => 1024;

    /// <summary>The longest input, in bytes: a datagram of one Ethernet frame unless the target takes more.</summary>
    public virtual int MaximumLength => 1500;

    /// <summary>
    /// What one input may cost on the managed heap at most, in bytes, whatever its content. The counter moves by up to
    /// 8 KiB when a collection takes a thread's half-used buffer away, so none is smaller than that.
    /// </summary>
    public virtual long AllocationBound => 16 * 1024;

    /// <summary>Forgets all earlier inputs.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>Takes one input. Whatever it throws is a bug: expected refusals are caught inside.</summary>
    /// <param name="input">Any content; may be overwritten.</param>
    /// <param name="random">For the target's own choices.</param>
    public abstract void Run(Span<byte> input, ref FuzzRandom random);

    /// <summary>Releases what the target holds.</summary>
    public virtual void Dispose()
    {
    }
}
