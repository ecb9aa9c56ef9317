using System.Diagnostics;

namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>Feeds one target with mutated inputs, and finds what throws, takes too long or allocates too much.</summary>
/// <param name="target">The target.</param>
/// <param name="seed">What makes the run repeatable.</param>
internal sealed class FuzzRunner(FuzzTarget target, ulong seed)
{
    private const int MostFailures = 5;

    // A stop of this length on a loaded machine may be the machine's; beyond it the input is at fault.
    private static readonly TimeSpan SlowestInput = TimeSpan.FromSeconds(5);

    private readonly Mutator _mutator = new(target.Corpus, target.MaximumLength);
    private readonly List<FuzzFailure> _failures = [];
    private long _largestAllocation;

    /// <summary>Runs inputs 0, 1, 2 and so on.</summary>
    /// <param name="inputs">How many.</param>
    /// <param name="limit">After which time to stop, even if fewer were run.</param>
    public FuzzReport Run(long inputs, TimeSpan limit, CancellationToken cancellationToken)
    {
        // What a method allocates at its first call, for its types and constants, is no input's doing.
        Episode(0, Math.Min(inputs, target.EpisodeLength));
        _largestAllocation = 0;
        _failures.Clear();
        var watch = Stopwatch.StartNew();
        long iteration = 0;
        while (iteration < inputs && watch.Elapsed < limit && _failures.Count < MostFailures && !cancellationToken.IsCancellationRequested)
        {
            iteration = Episode(iteration, Math.Min(inputs, iteration + target.EpisodeLength));
        }

        return Report(iteration, watch.Elapsed);
    }

    /// <summary>Runs one input again, and those of its episode before it.</summary>
    public FuzzReport Replay(long iteration)
    {
        var watch = Stopwatch.StartNew();
        var first = iteration - (iteration % target.EpisodeLength);
        Episode(first, iteration + 1);
        return Report(iteration + 1 - first, watch.Elapsed);
    }

    /// <returns>The first input that was not run: the end, or the next episode's start after a failure.</returns>
    private long Episode(long first, long end)
    {
        target.Begin();
        for (var iteration = first; iteration < end; iteration++)
        {
            if (!Input(iteration))
            {
                break;
            }
        }

        return end;
    }

    private bool Input(long iteration)
    {
        var random = FuzzRandom.Of(seed, iteration);
        var input = _mutator.Produce(ref random);
        var started = Stopwatch.GetTimestamp();
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Run(input, ref random);
        }
        catch (Exception exception)
        {
            return Fail(iteration, exception.ToString());
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        _largestAllocation = Math.Max(_largestAllocation, allocated);
        return allocated > target.AllocationBound ? Fail(iteration, $"allocated {allocated} bytes, more than {target.AllocationBound}")
            : Stopwatch.GetElapsedTime(started) > SlowestInput ? Fail(iteration, $"took longer than {SlowestInput.TotalSeconds} s")
            : true;
    }

    private bool Fail(long iteration, string what)
    {
        // The target may have written over its input: make it again.
        var random = FuzzRandom.Of(seed, iteration);
        _failures.Add(new FuzzFailure(target.Name, seed, iteration, Convert.ToHexStringLower(_mutator.Produce(ref random)), what));
        return false;
    }

    private FuzzReport Report(long inputs, TimeSpan elapsed) => new(target.Name, inputs, elapsed, _largestAllocation, [.. _failures]);
}
