using System.Collections.Immutable;
using Xunke.Actors.Live;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Indices;
using Xunke.Analytics.Vision;

namespace Xunke.Actors.Classrooms;

/// <summary>What a room's samples add up to: the newest one, the figures over the window, and the chart.</summary>
/// <param name="enrolled">Pupils on the books of the class.</param>
/// <param name="historyLength">How far back the chart goes.</param>
internal sealed class ClassroomFigures(int enrolled, TimeSpan historyLength)
{
    /// <summary>A head-up rate of nothing.</summary>
    public static Figure NoHeadUpRate { get; } = new(null, 0, 0, 0, IndexWindow.HeadUpFormula);

    /// <summary>A participation of nothing.</summary>
    public static Figure NoParticipation { get; } = new(null, 0, 0, 0, IndexWindow.ParticipationFormula);

    private readonly IndexWindow _window = new();
    private readonly HistoryRing _history = new(historyLength);

    /// <summary>Pupils on the books of the class.</summary>
    public int Enrolled { get; set; } = enrolled;

    /// <summary>The newest sample, or null before the first since <see cref="Begin"/>.</summary>
    public BehaviourSample? Sample { get; private set; }

    /// <summary>The newest sample's counts, or null with it.</summary>
    public BehaviourCounts? Counts { get; private set; }

    /// <summary>The computer is too busy to look as often as it means to.</summary>
    public bool IsBehind { get; set; }

    /// <summary>The time between two looks: what is meant, or what it has become.</summary>
    public TimeSpan Interval(DateTimeOffset now) => Sample is not { } sample ? TimeSpan.Zero
        : IsBehind && now - sample.At > sample.Interval ? TimeSpan.FromSeconds(Math.Ceiling((now - sample.At).TotalSeconds))
        : sample.Interval;

    /// <summary>More people are seen than the books allow for.</summary>
    public bool OverEnrolment { get; private set; }

    /// <summary>Head-up rate over the window.</summary>
    public Figure HeadUpRate { get; private set; } = NoHeadUpRate;

    /// <summary>Participation over the window.</summary>
    public Figure Participation { get; private set; } = NoParticipation;

    /// <summary>The pictures begin (again): only the chart goes on.</summary>
    public void Begin()
    {
        _window.Clear();
        DropSample();
        HeadUpRate = NoHeadUpRate;
        Participation = NoParticipation;
    }

    /// <summary>The newest sample no longer says what is going on.</summary>
    public void DropSample()
    {
        Sample = null;
        Counts = null;
        OverEnrolment = false;
    }

    /// <summary>Takes a sample in.</summary>
    public void Take(BehaviourSample sample)
    {
        var indices = _window.Add(sample, Enrolled);
        if (sample.Tamper.HidesClass())
        {
            // What the window still holds from before is not what is going on now, and nobody seen is not nobody there.
            DropSample();
            HeadUpRate = Packing.Figure(indices.HeadUpRate) with { Value = null };
            Participation = Packing.Figure(indices.Participation) with { Value = null };
            return;
        }

        IsBehind = false;
        Sample = sample;
        Counts = indices.Counts;
        OverEnrolment = indices.OverEnrolment;
        HeadUpRate = Packing.Figure(indices.HeadUpRate);
        Participation = Packing.Figure(indices.Participation);
        _history.Add(Packing.Point(indices));
    }

    /// <summary>The chart from before a restart.</summary>
    public void RestoreChart(ClassroomMemory memory)
    {
        foreach (var point in memory.Unpack())
        {
            _history.Add(point);
        }
    }

    /// <summary>The figures from before a restart, until the window has filled again.</summary>
    public void RestoreFigures(ClassroomMemory memory)
    {
        HeadUpRate = memory.HeadUpRate ?? NoHeadUpRate;
        Participation = memory.Participation ?? NoParticipation;
    }

    /// <summary>The chart after an instant, oldest first.</summary>
    public ImmutableArray<HistoryPoint> ChartSince(DateTimeOffset from, DateTimeOffset now) => _history.Since(from, now);
}
