using System.Globalization;
using System.Text;

namespace Xunke.Web.Metrics;

/// <summary>
/// Writes metrics in Prometheus' text form, version 0.0.4: a family's HELP and TYPE lines and then its samples. Names
/// follow the convention: base units in the name, counters end in <c>_total</c>.
/// </summary>
internal sealed class MetricWriter
{
    /// <summary>The media type of what is written.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new(16 * 1024);
    private readonly HashSet<string> _families = new(StringComparer.Ordinal);

    /// <summary>Begins a family of counts that only rise until a restart.</summary>
    /// <exception cref="InvalidOperationException">The family has been written already.</exception>
    public MetricFamily Counter(string name, string help) => Begin(name, help, "counter");

    /// <summary>Begins a family of values that rise and fall.</summary>
    /// <exception cref="InvalidOperationException">The family has been written already.</exception>
    public MetricFamily Gauge(string name, string help) => Begin(name, help, "gauge");

    /// <summary>All that was written.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>Writes one sample of the family begun last.</summary>
    internal void Sample(string name, double value, ReadOnlySpan<(string Name, string Value)> labels)
    {
        _text.Append(name);
        for (int i = 0; i < labels.Length; i++)
        {
            _text.Append(i == 0 ? '{' : ',').Append(labels[i].Name).Append("=\"");
            Escape(labels[i].Value, quotes: true);
            _text.Append('"').Append(i == labels.Length - 1 ? "}" : string.Empty);
        }

        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private MetricFamily Begin(string name, string help, string type)
    {
        if (!_families.Add(name))
        {
            throw new InvalidOperationException($"the metric {name} has been written already");
        }

        _text.Append("# HELP ").Append(name).Append(' ');
        Escape(help, quotes: false);
        _text.Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        return new MetricFamily(this, name);
    }

    private void Escape(string text, bool quotes)
    {
        foreach (char c in text)
        {
            _ = c switch
            {
                '\\' => _text.Append(@"\\"),
                '\n' => _text.Append(@"\n"),
                '"' when quotes => _text.Append("\\\""),
                _ => _text.Append(c),
            };
        }
    }
}

/// <summary>A family whose HELP and TYPE lines are written; its samples come before the next family begins.</summary>
internal readonly struct MetricFamily(MetricWriter writer, string name)
{
    /// <summary>Writes a sample; no two of a family have the same labels.</summary>
    public MetricFamily Add(double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        writer.Sample(name, value, labels);
        return this;
    }
}
