using Xunke.Analytics.Behaviours;

namespace Xunke.Analytics.Indices;

/// <summary>
/// One room's figures over a sliding window (docs/behaviours.md, "Indices"). Pure: time comes with the samples. Not thread-safe.
/// </summary>
/// <param name="options">Window, coverage and thresholds.</param>
public sealed class IndexWindow(IndexOptions options)
{
    public const string HeadUpFormula = "head-up-rate/1";

    public const string ParticipationFormula = "participation/1";

    /// <summary>A rate wants a few looks before a share of them means anything.</summary>
    private const int SamplesBeforeFault = 3;

    private readonly Queue<Tally> _tallies = new();
    private Tally _sum;

    public IndexWindow()
        : this(new IndexOptions())
    {
    }

    /// <summary>
    /// Takes a sample in and gives the figures of the window that ends with it. A sample older than the newest starts the
    /// window afresh: the clock or the video was set back.
    /// </summary>
    /// <param name="enrolled">Pupils expected in the room now; 0 or less gives figures without a value.</param>
    public RoomIndices Add(BehaviourSample sample, int enrolled)
    {
        ArgumentNullException.ThrowIfNull(sample);
        if (_tallies.Count > 0 && sample.At < _sum.At)
        {
            Clear();
        }

        var counts = BehaviourCounts.Of(sample.People);
        var tally = Tally.Of(sample.At, counts, enrolled, options);
        _tallies.Enqueue(tally);
        _sum = _sum.Plus(tally);
        while (_tallies.Peek().At <= sample.At - options.Window || _tallies.Count > options.MaximumSamples)
        {
            _sum = _sum.Minus(_tallies.Dequeue());
        }

        return new RoomIndices(
            sample.At,
            counts,
            Rate(_sum.HeadsUp, HeadUpFormula),
            Rate(_sum.TakingPart, ParticipationFormula),
            _tallies.Count >= SamplesBeforeFault && _sum.Over * 2 > _tallies.Count);
    }

    /// <summary>Empties the window, as after the camera was away.</summary>
    public void Clear()
    {
        _tallies.Clear();
        _sum = default;
    }

    private IndexValue Rate(int part, string formula)
    {
        double coverage = _sum.Expected > 0 ? (double)_sum.Known / _sum.Expected : 0;
        double? value = _sum.Known > 0 && coverage >= options.MinimumCoverage ? (double)part / _sum.Known : null;
        return new IndexValue(value, _sum.Known, coverage, options.Window, formula);
    }

    /// <summary>What one sample, or a sum of samples, brings to the figures.</summary>
    private readonly record struct Tally(DateTimeOffset At, int HeadsUp, int TakingPart, int Known, int Expected, int Over)
    {
        public static Tally Of(DateTimeOffset at, BehaviourCounts counts, int enrolled, IndexOptions options)
        {
            int heads = counts.HeadsUp + counts.HeadsDown;
            bool practising = heads > 0 && counts.HeadsDown >= options.PracticeShare * heads;
            return new Tally(
                at,
                counts.HeadsUp,
                counts.HandsRaised + counts.Standing + (practising ? counts.HeadsDown : 0),
                counts.Known,
                Math.Max(0, enrolled),
                enrolled > 0 && counts.People > enrolled + options.ExtraPeople ? 1 : 0);
        }

        public Tally Plus(Tally other) => new(
            other.At,
            HeadsUp + other.HeadsUp,
            TakingPart + other.TakingPart,
            Known + other.Known,
            Expected + other.Expected,
            Over + other.Over);

        public Tally Minus(Tally other) => new(
            At,
            HeadsUp - other.HeadsUp,
            TakingPart - other.TakingPart,
            Known - other.Known,
            Expected - other.Expected,
            Over - other.Over);
    }
}
