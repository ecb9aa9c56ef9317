using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Xunke.Tests.Web;

/// <summary>A sample of Prometheus' text form.</summary>
internal sealed record MetricSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>
/// A strict reader of Prometheus' text form 0.0.4, as the format's description has it: every family has one TYPE and one
/// HELP line before its samples, its samples stand together, and no two have the same labels.
/// </summary>
internal sealed partial class PrometheusText
{
    private readonly List<MetricSample> _samples = [];
    private readonly HashSet<string> _helped = [];
    private readonly HashSet<string> _series = [];
    private string? _family;

    private PrometheusText()
    {
    }

    public IReadOnlyList<MetricSample> Samples => _samples;

    public Dictionary<string, string> Types { get; } = [];

    /// <exception cref="FormatException">The text breaks the format; the message has the line.</exception>
    public static PrometheusText Parse(string text)
    {
        if (!text.EndsWith('\n'))
        {
            throw new FormatException("the last line does not end");
        }

        var parsed = new PrometheusText();
        foreach (string line in text.Split('\n')[..^1])
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                parsed.Help(line);
            }
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                parsed.Type(line);
            }
            else
            {
                parsed.Sample(line);
            }
        }

        return parsed;
    }

    public double Value(string name, params (string Name, string Value)[] labels) =>
        _samples.Single(sample => sample.Name == name
            && labels.All(label => sample.Labels.GetValueOrDefault(label.Name) == label.Value)).Value;

    public bool Has(string name, params (string Name, string Value)[] labels) =>
        _samples.Any(sample => sample.Name == name && labels.All(label => sample.Labels.GetValueOrDefault(label.Name) == label.Value));

    private void Type(string line)
    {
        Match match = TypeLine().Match(line);
        _family = match.Groups["name"].Value;
        Demand(match.Success && Types.TryAdd(_family, match.Groups["type"].Value), line, "one TYPE line a family");
    }

    private void Help(string line)
    {
        Match match = HelpLine().Match(line);
        Demand(match.Success && match.Groups["name"].Value == _family
            && _helped.Add(_family), line, "one HELP line after the TYPE line, with a text");
    }

    private void Sample(string line)
    {
        Match match = SampleLine().Match(line);
        Demand(match.Success && match.Groups["name"].Value == _family, line, "a sample of the family that stands before it");
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (Capture label in match.Groups["label"].Captures)
        {
            Match pair = Label().Match(label.Value);
            Demand(labels.TryAdd(pair.Groups["name"].Value, Unescape(pair.Groups["value"].Value)), line, "each label once");
        }

        Demand(_series.Add(_family + string.Concat(labels.Select(label => $"|{label.Key}={label.Value}"))), line,
            "no two samples of the same labels");
        double value = match.Groups["value"].Value switch
        {
            "NaN" => double.NaN,
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            var number => double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
        _samples.Add(new MetricSample(_family!, labels, value));
    }

    private static string Unescape(string value)
    {
        var text = new StringBuilder();
        for (int i = 0; i < value.Length; i++)
        {
            text.Append(value[i] != '\\' ? value[i] : value[++i] == 'n' ? '\n' : value[i]);
        }

        return text.ToString();
    }

    private static void Demand(bool holds, string line, string rule)
    {
        if (!holds)
        {
            throw new FormatException($"{rule}: {line}");
        }
    }

    [GeneratedRegex(@"^# HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?:[^\\\n]|\\\\|\\n)+$")]
    private static partial Regex HelpLine();

    [GeneratedRegex("^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram|summary|untyped)$")]
    private static partial Regex TypeLine();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(?<label>[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\\\|\\"|\\n)*")(?:,(?<label>[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\\\|\\"|\\n)*"))*\}|\{\})? (?<value>NaN|[+-]Inf|[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)$""")]
    private static partial Regex SampleLine();

    [GeneratedRegex("""^(?<name>[^=]+)="(?<value>.*)"$""", RegexOptions.Singleline)]
    private static partial Regex Label();
}
