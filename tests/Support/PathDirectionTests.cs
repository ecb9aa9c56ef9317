using System.Diagnostics;

namespace Xunke.Tests.Support;

public sealed class PathDirectionTests
{
    private static readonly byte[] Media = [0x80, .. new byte[971]];

    [Fact]
    public void The_same_seed_loses_the_same_datagrams_and_no_handshake()
    {
        var conditions = new PathConditions { Loss = 0.05 };
        var (first, second) = (new PathDirection(3), new PathDirection(3));
        var lost = Enumerable.Range(0, 10_000).Where(number => !first.TryPass(conditions, Media, out _)).ToArray();
        var again = Enumerable.Range(0, 10_000).Where(number => !second.TryPass(conditions, Media, out _)).ToArray();

        lost.Length.ShouldBeInRange(400, 600);
        again.ShouldBe(lost);
        first.TryPass(new PathConditions { Loss = 1 }, [22], out _).ShouldBeTrue();
    }

    [Fact]
    public void A_narrow_path_queues_and_then_drops()
    {
        // 972 bytes and their headers are 8,000 bits: 10 ms each.
        var conditions = new PathConditions { BitsPerSecond = 800_000, Queue = TimeSpan.FromMilliseconds(100) };
        var path = new PathDirection(1);
        var start = Stopwatch.GetTimestamp();
        var passed = 0;
        long last = start;
        while (path.TryPass(conditions, Media, out long arrival))
        {
            (arrival - last).ShouldBeGreaterThanOrEqualTo(Stopwatch.Frequency / 100 - 1);
            last = arrival;
            passed++;
        }

        passed.ShouldBeGreaterThanOrEqualTo(11);
        Stopwatch.GetElapsedTime(start, last).TotalMilliseconds.ShouldBeGreaterThanOrEqualTo(109.9);
    }
}
