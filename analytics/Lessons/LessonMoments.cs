using System.Collections.Immutable;

namespace Xunke.Analytics.Lessons;

/// <summary>
/// The moments in which the class was most and least with the lesson, against the lesson's own mean. A window in which nothing differs
/// clearly is no moment, so an even lesson has fewer or none.
/// </summary>
internal static class LessonMoments
{
    private const int Most = 3;
    private const int WindowsNeeded = 4;
    private const double ClearScore = 1;
    private const double LargestWeight = 3;

    /// <summary>Heads tell something while the teacher talks for at least this share; while pupils write they should be down.</summary>
    private const double TeacherTalks = 0.4;

    /// <summary>A lesson that varies less than this is even, and its noise is no news: 5 points, and one turn in two minutes.</summary>
    private const double LeastRateSpread = 0.05;

    private const double LeastTurnSpread = 0.5;

    /// <param name="windows">The lesson's windows in order.</param>
    public static (ImmutableArray<LessonMoment> Best, ImmutableArray<LessonMoment> Weakest) Find(IReadOnlyList<LessonStretch> windows)
    {
        Series[] series =
        [
            new(MomentFactor.Participation, LeastRateSpread, [.. windows.Select(window => window.Participation.Value)]),
            new(MomentFactor.HeadUp, LeastRateSpread, [.. windows.Select(HeadUpWhileTeacherTalks)]),
            new(MomentFactor.Interaction, LeastTurnSpread, [.. windows.Select(window => window.Interaction.Value)]),
        ];
        LessonMoment[] moments = [.. windows.Select((window, i) => Judge(window, i, series)).OfType<LessonMoment>()];
        return (
            [.. moments.Where(moment => moment.Score >= ClearScore)
                .OrderByDescending(moment => moment.Score).ThenBy(moment => moment.From).Take(Most)],
            [.. moments.Where(moment => moment.Score <= -ClearScore)
                .OrderBy(moment => moment.Score).ThenBy(moment => moment.From).Take(Most)]);
    }

    /// <summary>Share among heads up or down only, so that raised hands do not lower it.</summary>
    private static double? HeadUpWhileTeacherTalks(LessonStretch window)
    {
        double heads = window.Histogram.HeadUp + window.Histogram.HeadDown;
        return window.Speech is { TeacherShare: >= TeacherTalks } && window.HeadUpRate.State == FigureState.Ok && heads > 0
            ? window.Histogram.HeadUp / heads
            : null;
    }

    private static LessonMoment? Judge(LessonStretch window, int index, Series[] series)
    {
        FactorShare[] factors = [.. series.Select(one => one.Share(index)).OfType<FactorShare>()];
        if (factors.Length == 0 || window.Participation.State != FigureState.Ok)
        {
            return null;
        }

        // Stouffer's way of putting deviations together: several small ones in one direction count like one large one.
        double score = factors.Sum(factor => factor.Weight) / Math.Sqrt(factors.Length);
        return new LessonMoment(
            window.From,
            window.To,
            score,
            Math.Min(1, window.Participation.Coverage),
            [.. factors.OrderByDescending(factor => factor.Weight * Math.Sign(score)).ThenBy(factor => factor.Factor)]);
    }

    private sealed class Series
    {
        private readonly MomentFactor _factor;
        private readonly double?[] _values;
        private readonly double _mean;
        private readonly double _spread;
        private readonly bool _speaks;

        public Series(MomentFactor factor, double leastSpread, double?[] values)
        {
            _factor = factor;
            _values = values;
            double[] known = [.. values.OfType<double>()];
            _speaks = known.Length >= WindowsNeeded;
            _mean = known.DefaultIfEmpty(0).Average();
            _spread =
                Math.Max(leastSpread, Math.Sqrt(known.Select(value => (value - _mean) * (value - _mean)).DefaultIfEmpty(0).Average()));
        }

        public FactorShare? Share(int index) => _speaks && _values[index] is { } value
            ? new FactorShare(_factor, value, _mean, Math.Clamp((value - _mean) / _spread, -LargestWeight, LargestWeight))
            : null;
    }
}
