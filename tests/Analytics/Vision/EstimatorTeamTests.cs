using System.Buffers;
using System.Collections.Immutable;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Vision;

public sealed class EstimatorTeamTests
{
    [Fact]
    public async Task Answers_come_in_the_pictures_order_whoever_is_faster()
    {
        using var team = new EstimatorTeam(3, () => new UnevenEstimator());
        var order = new List<double>();
        await foreach ((RgbFrame picture, IReadOnlyList<Pose> poses) in team.EstimateAsync(Pictures(40), TestContext.Current.CancellationToken))
        {
            using (picture)
            {
                poses[0].Score.ShouldBe((float)picture.CapturedAt.ToUnixTimeSeconds());
                order.Add(poses[0].Score);
            }
        }

        order.ShouldBe(Enumerable.Range(0, 40).Select(i => (double)i));
    }

    [Fact]
    public async Task Pictures_that_nobody_takes_are_given_back()
    {
        using var team = new EstimatorTeam(2, () => new UnevenEstimator());
        int before = Lent.Out;
        await foreach ((RgbFrame picture, _) in team.EstimateAsync(Pictures(40), TestContext.Current.CancellationToken))
        {
            picture.Dispose();
            break;
        }

        Lent.Out.ShouldBe(before);
    }

    [Fact]
    public async Task What_an_estimator_throws_reaches_the_caller()
    {
        using var team = new EstimatorTeam(2, () => new UnevenEstimator { FailsAt = 5 });

        await Should.ThrowAsync<InvalidOperationException>(async () =>
        {
            await foreach ((RgbFrame picture, _) in team.EstimateAsync(Pictures(20), TestContext.Current.CancellationToken))
            {
                picture.Dispose();
            }
        });
    }

    private static async IAsyncEnumerable<RgbFrame> Pictures(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return new RgbFrame(2, 2, new Lent(), DateTimeOffset.FromUnixTimeSeconds(i));
        }
    }

    /// <summary>Says the picture's number, and takes the longer the smaller the number's last digit is.</summary>
    private sealed class UnevenEstimator : IPoseEstimator
    {
        public int FailsAt { get; init; } = -1;

        public IReadOnlyList<Pose> Estimate(RgbFrame frame, RowBand? rows = null, Fineness fineness = Fineness.Fine)
        {
            long number = frame.CapturedAt.ToUnixTimeSeconds();
            Thread.SpinWait((int)(10 - number % 10) * 20_000);
            return number == FailsAt
                ? throw new InvalidOperationException("as asked")
                : [new Pose(default, number, ImmutableArray<Keypoint>.Empty)];
        }

        public void Dispose()
        {
        }
    }

    private sealed class Lent : IMemoryOwner<byte>
    {
        private static int _out;
        private int _returned;

        public Lent() => Interlocked.Increment(ref _out);

        public static int Out => Volatile.Read(ref _out);

        public Memory<byte> Memory { get; } = new byte[12];

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _returned, 1) == 0)
            {
                Interlocked.Decrement(ref _out);
            }
        }
    }
}
