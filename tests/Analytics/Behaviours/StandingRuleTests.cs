using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Seats;

namespace Xunke.Tests.Analytics.Behaviours;

public sealed class StandingRuleTests
{
    private static readonly Figure Pupil = Figure.Listening;

    [Theory]
    [InlineData(0.3f, nameof(Evidence.No))] // Sits up straight.
    [InlineData(0.7f, nameof(Evidence.Yes))] // Seen from high above, or half up.
    [InlineData(1.1f, nameof(Evidence.Certain))]
    public void Who_rises_stands_and_who_rises_by_a_shoulder_width_stands_beyond_doubt(float widths, string expected)
    {
        var seat = new Seat(Body.Of(Pupil.Draw()), TimeSpan.Zero);
        for (int look = 1; look < StandingRule.HitsNeeded; look++)
        {
            seat.Seen(Body.Of(Pupil.Draw()), TimeSpan.FromSeconds(look));
        }

        StandingRule.Judge(Body.Of((Pupil with { Y = Pupil.Y - (widths * Pupil.Width) }).Draw()), seat).ShouldBe(Enum.Parse<Evidence>(expected));
    }
}
