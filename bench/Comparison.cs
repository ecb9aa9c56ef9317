namespace Xunke.Bench;

/// <summary>Pairs of figures, ours and the baseline's, each pair taken one after the other. Medians count.</summary>
internal sealed class Comparison
{
    private readonly List<(double Baseline, double Ours)> _rounds = [];

    public double Baseline => Median(round => round.Baseline);

    public double Ours => Median(round => round.Ours);

    public double Ratio => Median(round => round.Ours / round.Baseline);

    public double LowestRatio => _rounds.Min(round => round.Ours / round.Baseline);

    public double HighestRatio => _rounds.Max(round => round.Ours / round.Baseline);

    public void Add(double baseline, double ours) => _rounds.Add((baseline, ours));

    private double Median(Func<(double Baseline, double Ours), double> figure) =>
        _rounds.Select(figure).Order().ElementAt(_rounds.Count / 2);
}
