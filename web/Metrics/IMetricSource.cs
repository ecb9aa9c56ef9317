namespace Xunke.Web.Metrics;

/// <summary>A part of the server that has figures to tell.</summary>
internal interface IMetricSource
{
    /// <summary>Takes in the present figures, for a scrape that follows at once; called from any thread, by several scrapers at
    /// once.</summary>
    void Look();
}
