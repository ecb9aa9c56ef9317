using System.Text.Json.Serialization;
using Xunke.Analytics.Indices;

namespace Xunke.Analytics.Lessons;

/// <summary>Whether a figure may be read as a number.</summary>
public enum FigureState
{
    Ok,

    /// <summary>Too little was seen or heard for a value.</summary>
    NotEnoughSeen,

    /// <summary>More people were present than are enrolled: the value would mean nothing.</summary>
    DataFault,
}

/// <summary>A figure with what it is made of.</summary>
/// <param name="Value">The value; null unless the state is <see cref="FigureState.Ok"/>.</param>
/// <param name="State">Whether there is a value.</param>
/// <param name="N">Observations behind it: known pupil-samples, intervals, or turns, as its formula says.</param>
/// <param name="Coverage">The share of what could have been observed that was, 0 to 1; above 1 more people were seen than expected.</param>
/// <param name="Interval">Time between two observations.</param>
/// <param name="Formula">Name and version of the formula.</param>
public sealed record Figure(
    double? Value, FigureState State, int N, double Coverage,
    [property: JsonPropertyName("intervalSeconds")] TimeSpan Interval, string Formula)
{
    internal static Figure Of(IndexValue value, bool overEnrolment, TimeSpan interval) => overEnrolment
        ? new Figure(null, FigureState.DataFault, value.Samples, value.Coverage, interval, value.Formula)
        : Of(value.Value, value.Samples, value.Coverage, interval, value.Formula);

    internal static Figure Of(double? value, int n, double coverage, TimeSpan interval, string formula) =>
        new(value, value is null ? FigureState.NotEnoughSeen : FigureState.Ok, n, coverage, interval, formula);
}
