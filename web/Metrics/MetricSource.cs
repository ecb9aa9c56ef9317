using System.Diagnostics.Metrics;

namespace Xunke.Web.Metrics;

/// <summary>
/// Instruments that all tell of one look at the server. Names follow Prometheus' convention, with base units in the name and
/// <c>_total</c> at the end of counters, and are exported as they stand.
/// </summary>
/// <param name="meter">The server's meter.</param>
/// <param name="look">Reads what the instruments tell of; null while there is nothing.</param>
internal abstract class MetricSource<T>(Meter meter, Func<T?> look) : IMetricSource
    where T : class
{
    private T? _seen;

    /// <inheritdoc />
    public void Look() => _seen = look();

    /// <summary>A value that rises and falls.</summary>
    protected void Gauge(string name, string help, Func<T, double> read) => Gauge(name, help, seen => [Of(read(seen))]);

    /// <summary>Values that rise and fall, by their labels.</summary>
    protected void Gauge(string name, string help, Func<T, IEnumerable<Measurement<double>>> read) =>
        meter.CreateObservableGauge(name, () => _seen is { } seen ? read(seen) : [], description: help);

    /// <summary>A count that only rises until a restart.</summary>
    protected void Counter(string name, string help, Func<T, double> read) => Counter(name, help, seen => [Of(read(seen))]);

    /// <summary>Counts that only rise until a restart, by their labels.</summary>
    protected void Counter(string name, string help, Func<T, IEnumerable<Measurement<double>>> read) =>
        meter.CreateObservableCounter(name, () => _seen is { } seen ? read(seen) : [], description: help);

    /// <summary>A value with its labels.</summary>
    protected static Measurement<double> Of(double value, params (string Name, string Value)[] labels) =>
        new(value, labels.Select(label => KeyValuePair.Create<string, object?>(label.Name, label.Value)));
}
