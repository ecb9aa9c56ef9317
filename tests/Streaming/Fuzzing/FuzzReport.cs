namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>What a run of one target found.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Inputs">How many inputs were run.</param>
/// <param name="Elapsed">How long that took.</param>
/// <param name="LargestAllocation">The most that one input cost on the managed heap, in bytes.</param>
/// <param name="Failures">The first failures; empty when all is well.</param>
internal sealed record FuzzReport(
    string Target, long Inputs, TimeSpan Elapsed, long LargestAllocation, IReadOnlyList<FuzzFailure> Failures);

/// <summary>An input that did harm.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Iteration">The input's number.</param>
/// <param name="Hex">The input.</param>
/// <param name="What">What it did.</param>
internal sealed record FuzzFailure(string Target, ulong Seed, long Iteration, string Hex, string What)
{
    /// <inheritdoc />
    public override string ToString() => $"{Target}, seed {Seed}, iteration {Iteration}, input {Hex}: {What}";
}
