using Shouldly;
using Xunit;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Vision;

/// <summary>The pruned search against looking at every cell.</summary>
public sealed class JointSearchTests
{
    private const int Rows = 40;
    private const int Columns = 61;

    private readonly JointSearch _search = new();

    [Fact]
    public void It_finds_what_looking_at_every_cell_finds()
    {
        var random = new Random(3);
        for (int round = 0; round < 300; round++)
        {
            float[] heat = Map(random);
            float priorY = (random.NextSingle() * (Rows + 20)) - 10;
            float priorX = (random.NextSingle() * (Columns + 20)) - 10;
            var window = new Box(random.Next(-20, 30), random.Next(-20, 20), random.Next(20, 90), random.Next(15, 60));

            JointMatch found = _search.Find(heat, Rows, Columns, priorY, priorX, window);

            float expected = BestOfAll(heat, priorY, priorX, window);
            if (expected > 0.02f)
            {
                found.Score.ShouldBe(expected, 1e-5f);
                Weighted(heat, found.Row, found.Column, priorY, priorX).ShouldBe(found.Score, 1e-5f);
            }
            else
            {
                found.Score.ShouldBeLessThanOrEqualTo(0.02f);
            }
        }
    }

    [Theory]
    [InlineData(float.NaN, 5)]
    [InlineData(5, float.PositiveInfinity)]
    [InlineData(-1000, 5)]
    [InlineData(5, 1e30f)]
    public void A_place_that_is_not_on_the_map_finds_nothing(float priorY, float priorX)
    {
        _search.Find(Map(new Random(1)), Rows, Columns, priorY, priorX, new Box(-100, -100, 200, 200)).Score.ShouldBe(0);
    }

    private static float[] Map(Random random)
    {
        var heat = new float[(Rows * Columns) + 64];
        for (int i = 0; i < Rows * Columns; i++)
        {
            heat[i] = MathF.Pow(random.NextSingle(), 4);
        }

        return heat;
    }

    private static float BestOfAll(float[] heat, float priorY, float priorX, Box window)
    {
        float best = 0;
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                bool inside = row >= Math.Floor(window.Top) && row <= Math.Ceiling(window.Bottom) && column >= Math.Floor(window.Left) && column <= Math.Ceiling(window.Right);
                best = inside ? Math.Max(best, Weighted(heat, row, column, priorY, priorX)) : best;
            }
        }

        return best;
    }

    private static float Weighted(float[] heat, int row, int column, float priorY, float priorX)
    {
        float distance = ((row - priorY) * (row - priorY)) + ((column - priorX) * (column - priorX));
        return heat[(row * Columns) + column] * MathF.Exp(-distance / (0.3f * Math.Min(Rows, Columns)));
    }
}
