namespace Xunke.Web.Metrics;

/// <summary>A part of the server that has figures to tell. It reads them when asked and keeps nothing for it.</summary>
internal interface IMetricSource
{
    /// <summary>Writes the present values; called from any thread, by several scrapers at once.</summary>
    void Write(MetricWriter writer);
}
