using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Seats;

namespace Xunke.Tests.Analytics.Behaviours;

public sealed class StandingRuleTests
{
    private static readonly Figure Pupil = Figure.Listening;

    private readonly Seat _seat = Known(Pupil);

    [Theory]
    [InlineData(0.2f, nameof(Evidence.CertainlyNot))] // Sits up straight.
    [InlineData(0.45f, nameof(Evidence.No))] // Half up.
    [InlineData(0.7f, nameof(Evidence.Yes))] // Seen from high above.
    [InlineData(1.1f, nameof(Evidence.Certain))]
    public void Who_rises_stands_and_who_rises_by_a_shoulder_width_stands_beyond_doubt(float widths, string expected) =>
        StandingRule.Judge(Risen(Pupil, widths), _seat, [_seat]).ShouldBe(Enum.Parse<Evidence>(expected));

    [Fact]
    public void Where_somebody_else_sits_nobody_stands_beyond_doubt() =>
        StandingRule.Judge(Risen(Pupil, 1.1f), _seat, [_seat, Known(Pupil with { Y = Pupil.Y - (1.2f * Pupil.Width) })])
            .ShouldBe(Evidence.Yes);

    [Fact]
    public void Who_looks_smaller_than_the_seats_owner_does_not_stand_beyond_doubt() =>
        StandingRule.Judge(Risen(Pupil with { Width = 0.9f * Pupil.Width }, 1.2f), _seat, [_seat]).ShouldBe(Evidence.Yes);

    [Fact]
    public void Whose_feet_are_as_far_up_as_those_in_the_row_behind_does_not_stand_beyond_doubt() =>
        StandingRule.Judge(Body.Of((Pupil with { Y = Pupil.Y - (1.1f * Pupil.Width) }).Draw()), _seat, [_seat]).ShouldBe(Evidence.Yes);

    private static Body Risen(Figure pupil, float widths) =>
        Body.Of((pupil with { Y = pupil.Y - (widths * pupil.Width), Legs = pupil.Legs + widths }).Draw());

    private static Seat Known(Figure pupil)
    {
        var seat = new Seat(Body.Of(pupil.Draw()), TimeSpan.Zero);
        for (int look = 1; look <= Seat.LooksToKnow; look++)
        {
            seat.Seen(Body.Of(pupil.Draw()), TimeSpan.FromSeconds(look), upright: true);
        }

        return seat;
    }
}
