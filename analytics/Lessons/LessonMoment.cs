using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Xunke.Analytics.Lessons;

/// <summary>What may lift a moment over the lesson's own mean, or pull it below.</summary>
public enum MomentFactor
{
    Participation,

    /// <summary>Heads up among those up or down, while the teacher talks.</summary>
    HeadUp,

    /// <summary>Turns between teacher and pupils a minute.</summary>
    Interaction,
}

/// <param name="Factor">Which.</param>
/// <param name="Value">Its value in the moment.</param>
/// <param name="Mean">The lesson's own mean.</param>
/// <param name="Weight">Standard deviations from that mean, at most 3 either way.</param>
public sealed record FactorShare(MomentFactor Factor, double Value, [property: JsonPropertyName("lessonMean")] double Mean, double Weight);

/// <param name="From">Start, from the start of the lesson.</param>
/// <param name="To">End.</param>
/// <param name="Score">Sum of its factors, in standard deviations: above zero the class took part more than on average.</param>
/// <param name="Confidence">Share of the class that was seen, 0 to 1.</param>
/// <param name="Factors">What moved it, the strongest first.</param>
public sealed record LessonMoment(TimeSpan From, TimeSpan To, double Score, double Confidence, ImmutableArray<FactorShare> Factors)
{
    public const string Formula = "moments/1";
}
