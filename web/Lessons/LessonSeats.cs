using System.Collections.Immutable;
using Xunke.Analytics.Behaviours;

namespace Xunke.Web.Lessons;

/// <summary>A seat over a stretch of a lesson. Seats have no names, and no number that lasts beyond the lesson.</summary>
/// <param name="X">Its middle in the picture, 0 (left) to 1.</param>
/// <param name="Y">Its middle in the picture, 0 (top) to 1.</param>
/// <param name="N">Looks at it that told a behaviour.</param>
/// <param name="HandRaised">The share of them with a raised hand, 0 to 1.</param>
/// <param name="Usual">What was seen most; null: nothing was told, or the stretch is long, where it would judge a pupil.</param>
internal sealed record SeatView(double X, double Y, int N, double HandRaised, Behaviour? Usual);

/// <summary>The class as a seat map over a stretch of a lesson.</summary>
/// <param name="From">Seconds from the lesson's start.</param>
/// <param name="To">Seconds from the lesson's start.</param>
/// <param name="Samples">Looks at the room in the stretch.</param>
/// <param name="Coverage">The share of the stretch that they stand for, 0 to 1.</param>
/// <param name="Formula">How it is counted.</param>
/// <param name="Seats">The seats whose places are known.</param>
internal sealed record LessonSeats(double From, double To, int Samples, double Coverage, string Formula, ImmutableArray<SeatView> Seats)
{
    /// <summary>The formula's name and version (docs/analyse.md).</summary>
    public const string Version = "seat-behaviour/1";

    /// <summary>A moment: beyond, a seat tells of raised hands only.</summary>
    public static readonly TimeSpan LongestMoment = TimeSpan.FromMinutes(2);

    /// <summary>Counts.</summary>
    /// <param name="samples">Of the whole lesson: a seat's place is told once.</param>
    /// <param name="origin">The lesson's start.</param>
    /// <param name="from">From when, from the lesson's start.</param>
    /// <param name="to">Until when, later.</param>
    public static LessonSeats Of(ImmutableArray<BehaviourSample> samples, DateTimeOffset origin, TimeSpan from, TimeSpan to)
    {
        var seats = new SortedDictionary<int, Seat>();
        (int looks, TimeSpan covered) = (0, TimeSpan.Zero);
        foreach (BehaviourSample sample in samples)
        {
            bool counts = sample.At - origin >= from && sample.At - origin < to;
            looks += counts ? 1 : 0;
            covered += counts ? sample.Interval : TimeSpan.Zero;
            foreach (ObservedPerson person in sample.People)
            {
                if (!seats.TryGetValue(person.Seat, out Seat? seat))
                {
                    seats[person.Seat] = seat = new Seat();
                }

                seat.Take(person, counts);
            }
        }

        return new LessonSeats(
            from.TotalSeconds, to.TotalSeconds, looks, Math.Min(1, covered / (to - from)), Version,
            [.. seats.Values.Select(seat => seat.View(isMoment: to - from <= LongestMoment)).OfType<SeatView>()]);
    }

    private sealed class Seat
    {
        private readonly Dictionary<Behaviour, int> _seen = [];
        private (float X, float Y)? _place;

        public void Take(ObservedPerson person, bool counts)
        {
            // A camera that was moved tells the place again.
            _place = person.Pose.Score > 0 ? (person.Pose.Box.Left, person.Pose.Box.Top) : _place;
            if (counts && person.Behaviour is not Behaviour.Unknown)
            {
                _seen[person.Behaviour] = _seen.GetValueOrDefault(person.Behaviour) + 1;
            }
        }

        /// <summary>Null where its place is not known.</summary>
        public SeatView? View(bool isMoment)
        {
            if (_place is not var (x, y))
            {
                return null;
            }

            int n = _seen.Values.Sum();
            return new SeatView(
                x, y, n, n == 0 ? 0 : (double)_seen.GetValueOrDefault(Behaviour.HandRaised) / n,
                n == 0 || !isMoment ? null : _seen.OrderByDescending(one => one.Value).ThenBy(one => one.Key).First().Key);
        }
    }
}
