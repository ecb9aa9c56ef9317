using Xunke.Analytics.Lessons;

namespace Xunke.Tests.Analytics.Lessons;

public sealed class ChangePointsTests
{
    [Fact]
    public void Changes_of_level_are_found_in_noise()
    {
        double[][] rows = Rows(7, 0.04, (14, [0.8, 0.1]), (10, [0.3, 0.6]), (16, [0.75, 0.15]));

        int[] changes = ChangePoints.Find(rows, 4);

        changes.Length.ShouldBe(2);
        changes[0].ShouldBe(14);
        changes[1].ShouldBe(24);
    }

    [Fact]
    public void An_even_lesson_is_one_segment()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            ChangePoints.Find(Rows(seed, 0.1, (90, [0.6, 0.3, 0.4, 0.1])), 4).ShouldBeEmpty();
        }
    }

    [Fact]
    public void No_segment_is_shorter_than_asked()
    {
        double[][] rows = Rows(3, 0.01, (5, [0.1]), (1, [0.9]), (5, [0.1]), (4, [0.8]));

        foreach (int shortest in (int[])[2, 3, 4])
        {
            int[] borders = [0, .. ChangePoints.Find(rows, shortest), rows.Length];
            borders.Zip(borders.Skip(1)).ShouldAllBe(pair => pair.Second - pair.First >= shortest);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void What_is_too_short_to_cut_is_not_cut(int rows) => ChangePoints.Find(Rows(1, 0.01, (rows, [0.5])), 4).ShouldBeEmpty();

    private static double[][] Rows(int seed, double noise, params (int Count, double[] Level)[] levels)
    {
        var random = new Random(seed);
        return [.. levels.SelectMany(level => Enumerable.Range(0, level.Count).Select(_ =>
            Array.ConvertAll(level.Level,
                value => value + noise * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2)))];
    }
}
