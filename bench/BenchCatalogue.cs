using System.Collections;

namespace Xunke.Bench;

/// <summary>
/// Runs one bench: prints its own table to standard output and writes its <see cref="BenchResult"/> as the last line.
/// </summary>
/// <param name="args">What followed the bench's name on the command line.</param>
/// <param name="cancellationToken">Stops the bench.</param>
/// <returns>The result, or null where the bench was skipped (it says why).</returns>
internal delegate Task<BenchResult?> BenchFunction(string[] args, CancellationToken cancellationToken);

/// <summary>The benches by name, and the command line <c>bench/run NAME [options]</c>.</summary>
internal sealed class BenchCatalogue : IEnumerable<string>
{
    private readonly SortedDictionary<string, (string What, BenchFunction Run)> _benches = new(StringComparer.Ordinal);

    /// <summary>Adds a bench; the collection initialiser of Program.cs calls it.</summary>
    public void Add(string name, string what, BenchFunction run) => _benches.Add(name, (what, run));

    /// <summary>Runs what the command line names.</summary>
    /// <returns>0 when it ran or was skipped with a word, 2 on a wrong command line.</returns>
    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        switch (args)
        {
            case ["list"]:
                foreach (var (name, bench) in _benches)
                {
                    Console.WriteLine($"{name,-10} {bench.What}");
                }

                return 0;

            case [var name, .. var rest] when _benches.TryGetValue(name, out var bench):
                var result = await bench.Run(rest, cancellationToken);
                Console.WriteLine(result is null ? BenchResult.Skipped(name) : result.ToJson());
                return 0;

            default:
                await Console.Error.WriteLineAsync("usage: bench/run list | bench/run NAME [options]");
                return 2;
        }
    }

    /// <inheritdoc />
    public IEnumerator<string> GetEnumerator() => _benches.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
