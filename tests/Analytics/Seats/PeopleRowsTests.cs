using Xunke.Analytics.Seats;
using Xunke.Analytics.Vision;
using Xunke.Tests.Analytics.Behaviours;

namespace Xunke.Tests.Analytics.Seats;

/// <summary>Where in a picture to look for people.</summary>
public sealed class PeopleRowsTests
{
    private const int Height = 468;

    private readonly PeopleRows _rows = new();
    private List<Figure> _pupils = [new Figure { X = 200, Y = 180, Width = 20 }, new Figure { X = 500, Y = 330, Width = 40 }];
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    [Fact]
    public void The_whole_picture_is_looked_at_first_and_every_five_seconds()
    {
        List<RowBand?> looks = Look(30);

        looks[..10].ShouldAllBe(look => look == null);
        looks[10..].Index().Where(look => look.Item is null).Select(look => look.Index % 5).Distinct().ShouldHaveSingleItem();
        looks[10..].Count(look => look is null).ShouldBe(4);
    }

    [Fact]
    public void Between_times_the_rows_hold_everybody_with_an_arm_up()
    {
        RowBand band = Look(12)[11]!.Value;

        Pose back = (_pupils[0] with { Y = 180 }).WithHandHigh().Draw();
        ((float)band.Top).ShouldBeLessThan(back[Joint.RightWrist].Y - (0.5f * _pupils[0].Width));
        ((float)band.Bottom).ShouldBeGreaterThanOrEqualTo(_pupils[1].Draw().Box.Bottom);
        band.Height.ShouldBeLessThan(Height * 3 / 4);
    }

    [Fact]
    public void Who_is_found_elsewhere_is_looked_for_there_from_then_on_and_for_a_minute_at_most_after_leaving()
    {
        Look(20);
        List<Figure> seated = _pupils;
        _pupils = [.. seated, new Figure { X = 700, Y = 90, Width = 20 }];
        Look(10);

        Look(6).ShouldAllBe(band => band == null || band.Value.Top < 60);
        _pupils = seated;
        List<RowBand?> after = Look(75);

        after[..20].ShouldAllBe(band => band == null || band.Value.Top < 60);
        after[60..].ShouldAllBe(band => band == null || band.Value.Top > 100);
    }

    [Fact]
    public void An_empty_room_is_looked_at_whole()
    {
        _pupils = [];

        Look(100).ShouldAllBe(look => look == null);
    }

    [Fact]
    public void Pictures_of_another_height_are_learnt_anew()
    {
        Look(18)[^1].ShouldNotBeNull();

        _rows.Next(_now, Height * 2).ShouldBeNull();
        _rows.Next(_now += TimeSpan.FromSeconds(1), Height * 2).ShouldBeNull();
    }

    private List<RowBand?> Look(int seconds)
    {
        var looks = new List<RowBand?>();
        for (int i = 0; i < seconds; i++)
        {
            looks.Add(_rows.Next(_now, Height));
            _rows.Learn(_now, [.. _pupils.Select(pupil => pupil.Draw())]);
            _now += TimeSpan.FromSeconds(1);
        }

        return looks;
    }
}
