using Xunke.Analytics.Behaviours;

namespace Xunke.Tests.Analytics.Behaviours;

/// <summary>What one camera's room teaches about heads.</summary>
public sealed class HeadCalibrationTests
{
    private readonly HeadCalibration _heads = new();
    private readonly Random _random = new(1);

    [Fact]
    public void A_new_room_is_judged_by_the_prior()
    {
        Show(10, upAt: 0.1f, 10, downAt: 0.6f);

        _heads.Threshold.ShouldBe(HeadCalibration.Prior);
    }

    [Fact]
    public void A_camera_that_sees_all_heads_droop_more_moves_the_border_between_the_two_groups()
    {
        Show(400, upAt: -0.15f, 200, downAt: 0.4f);

        _heads.Threshold.ShouldBeInRange(0.05f, 0.2f);
    }

    [Fact]
    public void A_class_that_only_listens_is_not_split_in_two()
    {
        Show(1000, upAt: -0.3f, 0, downAt: 0);

        _heads.Threshold.ShouldBe(HeadCalibration.Prior);
    }

    [Fact]
    public void A_class_that_listens_in_all_kinds_of_ways_is_one_group_however_wide()
    {
        for (int step = 0; step < 10; step++)
        {
            Show(100, upAt: -0.6f + 0.08f * step, 0, downAt: 0);
        }

        _heads.Threshold.ShouldBe(HeadCalibration.Prior);
    }

    [Fact]
    public void However_odd_the_room_the_border_stays_near_the_prior()
    {
        Show(500, upAt: 0.5f, 500, downAt: 1.1f);

        _heads.Threshold.ShouldBe(HeadCalibration.Prior + 0.2f, 0.001f);
    }

    private void Show(int up, float upAt, int down, float downAt)
    {
        float[] droops =
        [
            .. Enumerable.Range(0, up).Select(_ => upAt + Noise()),
            .. Enumerable.Range(0, down).Select(_ => downAt + Noise()),
        ];
        _heads.Learn(droops);
    }

    private float Noise() => (float)(_random.NextDouble() - 0.5) * 0.2f;
}
