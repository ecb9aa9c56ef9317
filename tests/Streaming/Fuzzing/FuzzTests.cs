namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>A short run of each fuzz target; <c>bench/run fuzz</c> is the long one.</summary>
public sealed class FuzzTests
{
    private const ulong Seed = 7983;
    private const long Inputs = 200_000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Hostile_input_neither_throws_nor_takes_memory_nor_time(string name)
    {
        var (_, share, create) = FuzzTargets.All.Single(target => target.Name == name);
        using var target = create();

        var report = new FuzzRunner(target, Seed).Run(Inputs * share / 1000, Limit, TestContext.Current.CancellationToken);

        report.Failures.ShouldBeEmpty();
        report.Inputs.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void An_input_that_does_harm_is_reported_so_that_it_can_be_made_again()
    {
        using var target = new BrokenTarget();

        var failure = new FuzzRunner(target, Seed).Run(10_000, Limit, TestContext.Current.CancellationToken).Failures[0];

        var again = new FuzzRunner(target, failure.Seed).Replay(failure.Iteration).Failures.ShouldHaveSingleItem();
        again.Iteration.ShouldBe(failure.Iteration);
        again.Hex.ShouldBe(failure.Hex);
        Convert.FromHexString(failure.Hex)[0].ShouldBe((byte)0xFF);
    }

    [Fact]
    public void Hostile_packets_get_past_the_encryption_into_the_room()
    {
        using var target = new SessionTarget();

        new FuzzRunner(target, Seed).Run(target.EpisodeLength, Limit, TestContext.Current.CancellationToken).Failures.ShouldBeEmpty();

        var figures = target.Figures.ShouldNotBeNull();
        figures.Publisher.ShouldNotBeNull().Packets.ShouldBeGreaterThan(1000);
        figures.Viewers.Length.ShouldBe(2);
        figures.Viewers.ShouldAllBe(viewer => viewer.Packets > 1000 && viewer.KeyFrameRequests > 10);
        figures.Viewers.Sum(viewer => viewer.NacksReceived).ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Hostile_header_extensions_reach_the_choice_of_a_layer()
    {
        using var target = new SimulcastTarget();

        new FuzzRunner(target, Seed).Run(target.EpisodeLength, Limit, TestContext.Current.CancellationToken).Failures.ShouldBeEmpty();

        var figures = target.Figures.ShouldNotBeNull();
        figures.Publisher.ShouldNotBeNull().Packets.ShouldBeGreaterThan(1000);
        figures.Publisher.Refused.ShouldBeGreaterThan(100);
        figures.Viewers.ShouldHaveSingleItem().Packets.ShouldBeGreaterThan(100);
    }

    private sealed class BrokenTarget : FuzzTarget
    {
        public override string Name => "broken";

        public override IReadOnlyList<byte[]> Corpus { get; } = [[1, 2, 3, 4]];

        public override void Run(Span<byte> input, ref FuzzRandom random) =>
            Expect.True(input.IsEmpty || input[0] != 0xFF, "the first byte is 255");
    }
}
