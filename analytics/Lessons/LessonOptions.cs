namespace Xunke.Analytics.Lessons;

public sealed record LessonOptions
{
    /// <summary>Pupils on the roll; null where it is not known: what is usually seen stands in.</summary>
    public int? Enrolled { get; init; }

    /// <summary>Intervals of the S-T sequence and of the search for segments; above zero.</summary>
    public TimeSpan MarkInterval { get; init; } = TeachingSequence.DefaultInterval;

    /// <summary>Length of the windows whose histograms and indices are given; above zero.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Below this coverage, 0 to 1, a figure has no value.</summary>
    public double MinimumCoverage { get; init; } = 0.3;

    /// <summary>The camera is said to be behind the class: everything seen deserves little trust.</summary>
    public bool RearCamera { get; init; }
}
