using Xunke.Actors.Alerts;

namespace Xunke.Tests.Actors.Alerts;

/// <summary>One rule in one place: raised and cleared after its holds, and never sooner.</summary>
public sealed class RuleWatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 9, 7, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ClearHold = TimeSpan.FromSeconds(2);

    // A look a second: R raise, C clear, . unclear, M meaningless. Then what each leads to: R raised, C cleared, - nothing.
    [Theory]
    [InlineData("RRRR", "---R", true)]
    [InlineData("RR.RRRR", "------R", true)]
    [InlineData("RRCRRRR", "------R", true)]
    [InlineData("RRMRRRR", "------R", true)]
    [InlineData("RRRR..CCC", "---R----C", true)]
    [InlineData("RRRRCRCCC", "---R----C", true)]
    [InlineData("RRRRC.CCC", "---R----C", true)]
    [InlineData("RRRRM", "---RC", true)]
    [InlineData("RRRRMMCCC", "---R----C", false)]
    [InlineData("RRRRCMCCC", "---R----C", false)]
    [InlineData("CCCC....", "--------", true)]
    [InlineData("RRRRCCCRRRR", "---R--C---R", true)]
    public void Holds_are_kept_without_gaps(string looks, string steps, bool endsWithHours)
    {
        var watch = default(RuleWatch);
        string.Concat(looks.Select((look, second) => StepOf(
            watch.Look(Start.AddSeconds(second), ReadingOf(look), Hold, ClearHold, endsWithHours)))).ShouldBe(steps);
    }

    [Fact]
    public void Whatever_is_seen_it_alternates_and_never_turns_within_its_hold()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var hold = TimeSpan.FromSeconds(random.Next(1, 8));
            var clearHold = TimeSpan.FromSeconds(random.Next(1, 8));
            var watch = default(RuleWatch);
            var looks = new List<(DateTimeOffset At, Reading Reading)>();
            var at = Start;
            var isRaised = false;
            for (var look = 0; look < 200; look++)
            {
                // The clock runs on, stands, or is set back.
                at = at.AddMilliseconds(random.Next(20) == 0 ? -random.Next(5000) : random.Next(2000));
                var reading = (Reading)(random.Next(3) == 0 ? random.Next(4) : looks.Count > 0 ? (int)looks[^1].Reading : 1);
                looks.Add((at, reading));
                var step = watch.Look(at, reading, hold, clearHold, endsWithHours: false);
                if (step == WatchStep.None)
                {
                    continue;
                }

                (step == WatchStep.Raise).ShouldBe(!isRaised, $"seed {seed}: it is raised and cleared in turns");
                isRaised = !isRaised;
                var (needed, wanted) = isRaised ? (hold, Reading.Raise) : (clearHold, Reading.Clear);
                LastedFor(looks, wanted).ShouldBeGreaterThanOrEqualTo(needed, $"seed {seed}, look {look}");
            }
        }
    }

    /// <summary>How long the last looks were all of a kind, in a clock that ran forward.</summary>
    private static TimeSpan LastedFor(List<(DateTimeOffset At, Reading Reading)> looks, Reading wanted)
    {
        var first = looks.Count - 1;
        looks[first].Reading.ShouldBe(wanted);
        while (first > 0 && looks[first - 1].Reading == wanted && looks[first - 1].At <= looks[first].At)
        {
            first--;
        }

        return looks[^1].At - looks[first].At;
    }

    private static Reading ReadingOf(char look) => look switch
    {
        'R' => Reading.Raise,
        'C' => Reading.Clear,
        'M' => Reading.Meaningless,
        _ => Reading.Unclear,
    };

    private static char StepOf(WatchStep step) => step switch
    {
        WatchStep.Raise => 'R',
        WatchStep.Clear => 'C',
        _ => '-',
    };
}
