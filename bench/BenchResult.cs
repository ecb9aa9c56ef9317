using System.Text.Json;
using System.Text.Json.Nodes;

namespace Xunke.Bench;

/// <summary>What a bench found: one ratio against its goal, and the figures behind it.</summary>
/// <param name="Bench">The bench's name.</param>
/// <param name="Ratio">Ours over the baseline, from the same run.</param>
/// <param name="Goal">What the ratio should reach (<paramref name="What"/> says in which direction).</param>
/// <param name="What">Ours over which baseline.</param>
/// <param name="Figures">More figures by camelCase name.</param>
internal sealed record BenchResult(
    string Bench, double Ratio, double Goal, string What, IReadOnlyDictionary<string, double> Figures)
{
    /// <summary>The one JSON line that ends a bench.</summary>
    public string ToJson()
    {
        var line = new JsonObject
        {
            ["bench"] = Bench,
            ["ratio"] = Math.Round(Ratio, 4),
            ["goal"] = Goal,
            ["what"] = What,
        };
        foreach (var (name, value) in Figures)
        {
            line[name] = Math.Round(value, 4);
        }

        return line.ToJsonString(JsonSerializerOptions.Default);
    }

    /// <summary>The line of a bench that could not run here.</summary>
    public static string Skipped(string bench) => new JsonObject { ["bench"] = bench, ["skipped"] = true }.ToJsonString();
}
