using Xunke.Analytics.Seats;

namespace Xunke.Analytics.Behaviours;

/// <summary>What is remembered about one seat from look to look. Not thread-safe.</summary>
internal sealed class SeatedPerson
{
    /// <summary>Whoever stands for longer than any answer takes has another usual height: the seat is learnt anew.</summary>
    private static readonly TimeSpan LongestStand = TimeSpan.FromMinutes(3);

    private readonly SeatVote _vote = new();
    private TimeSpan? _standingSince;

    public (Behaviour Behaviour, float Confidence) Look(
        DateTimeOffset at, TimeSpan interval, TimeSpan watched, Seat seat, Body body, LookEvidence evidence)
    {
        if (evidence.OnDesk == Evidence.Yes)
        {
            // A pupil who sleeps through a lesson must not lower the seat's learnt height.
            _standingSince = null;
            seat.Present(watched);
        }
        else if (evidence.Standing < Evidence.Yes)
        {
            _standingSince = null;
            seat.Seen(body, watched, upright: evidence.Droop is null or <= 0);
        }
        else if (watched - (_standingSince ??= watched) < LongestStand)
        {
            seat.Present(watched);
        }
        else
        {
            seat.Relearn();
            seat.Seen(body, watched, upright: evidence.Droop is null or <= 0);
        }

        return _vote.Add(at, interval, evidence);
    }
}
