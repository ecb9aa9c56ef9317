using Xunke.Analytics.Seats;

namespace Xunke.Analytics.Behaviours;

/// <summary>
/// Does somebody stand at the seat? (docs/behaviours.md, "Standing".) The shoulders are well above where they usually are at
/// this seat. Without such history there is no answer.
/// </summary>
internal static class StandingRule
{
    /// <summary>Looks at a seat before it tells what is usual there.</summary>
    public const int HitsNeeded = 5;

    /// <summary>
    /// How far the shoulders rise, in shoulder widths. Standing up raises them by about 0.4 m, or 1.1 widths; a camera that
    /// looks down by 45 degrees still sees 0.75; sitting up straight gives 0.2.
    /// </summary>
    private const float Rise = 0.55f;

    public static Evidence Judge(Body body, Seat seat)
    {
        if (!body.HasShoulders || seat.Hits < HitsNeeded)
        {
            return Evidence.Unknown;
        }

        return (seat.Y - body.Y) / seat.Scale >= Rise ? Evidence.Yes : Evidence.No;
    }
}
