using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Indices;
using Xunke.Analytics.Vision;
using Xunke.Web.Configuration;
using Xunke.Web.Schools;

namespace Xunke.Web.Lessons;

/// <summary>
/// Tells from one room's samples when a lesson begins and ends: when a class is there, within the periods where the district has
/// any. All members may be called from any thread.
/// </summary>
internal sealed class RoomLessons(RoomEntry room, LessonSettings settings, PeriodTable periods)
{
    private const int FewestPupils = 3;
    private const double ShareOfClass = 0.2;
    private static readonly TimeSpan Jitter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LargestCorrection = TimeSpan.FromHours(2);

    private readonly Lock _gate = new();
    private readonly Queue<LessonInHand> _ended = new();
    private LessonInHand? _current;
    private DateTimeOffset _newest;
    private DateTimeOffset _lastTo;
    private TimeSpan _setBack;

    private int Needed => Math.Max(FewestPupils, (int)(room.Enrolled * ShareOfClass));

    /// <summary>Where.</summary>
    public RoomEntry Room => room;

    /// <summary>The lesson that goes on, or null.</summary>
    public LessonInHand? Current
    {
        get
        {
            lock (_gate)
            {
                return _current;
            }
        }
    }

    /// <summary>Takes a sample in.</summary>
    public void Take(BehaviourSample sample)
    {
        lock (_gate)
        {
            BehaviourSample inOrder = InOrder(sample);
            EndWhereDue(inOrder.At);
            sample = _current is null ? sample : inOrder;
            bool isThere = BehaviourCounts.Of(sample.People).People >= Needed;
            if (_current is null && isThere && !IsWithinLast(sample.At) && LimitOf(sample.At) is { } limit)
            {
                _current = new LessonInHand(room, sample.At, limit);
                _newest = sample.At;
            }

            // A camera that sees nothing does not say that the class has gone.
            _current?.Add(sample, isThere || sample.Tamper.HidesClass());
        }
    }

    /// <summary>Takes up a lesson that the end of the server interrupted; beside another that goes on it is over.</summary>
    public void Resume(LessonInHand lesson)
    {
        lock (_gate)
        {
            if (_current is null)
            {
                (_current, _newest) = (lesson, lesson.To);
            }
            else
            {
                _ended.Enqueue(lesson);
            }
        }
    }

    /// <summary>Ends a lesson whose time is over though no sample says so.</summary>
    /// <param name="now">The time.</param>
    /// <param name="all">The server stops: whatever goes on ends.</param>
    /// <returns>The lessons that have ended since the last call.</returns>
    public IReadOnlyList<LessonInHand> TakeEnded(DateTimeOffset now, bool all = false)
    {
        lock (_gate)
        {
            EndWhereDue(all ? DateTimeOffset.MaxValue : now + _setBack);
            LessonInHand[] ended = [.. _ended];
            _ended.Clear();
            return ended;
        }
    }

    /// <summary>What was seen so far of the lesson that goes on.</summary>
    public byte[] SamplesOf(LessonInHand lesson)
    {
        lock (_gate)
        {
            return lesson.Samples();
        }
    }

    /// <summary>What was seen of a lesson behind a byte of its tape, and when the class was last there.</summary>
    public (byte[] Samples, DateTimeOffset To) SamplesFrom(LessonInHand lesson, int start)
    {
        lock (_gate)
        {
            return (lesson.SamplesFrom(start), lesson.To);
        }
    }

    /// <summary>A clock that is set back during a lesson makes it neither shorter nor endless: to its end, its time goes on.</summary>
    private BehaviourSample InOrder(BehaviourSample sample)
    {
        if (_current is null)
        {
            return sample;
        }

        DateTimeOffset at = sample.At + _setBack;
        if (at < _newest - Jitter)
        {
            at = _newest + sample.Interval;
            _setBack = at - sample.At;
        }

        _newest = at;
        return at == sample.At ? sample : sample with { At = at };
    }

    /// <summary>Two lessons of a room do not overlap because the clock was set back a little between them.</summary>
    private bool IsWithinLast(DateTimeOffset at) => at < _lastTo && _lastTo - at <= LargestCorrection;

    private DateTimeOffset? LimitOf(DateTimeOffset at) => periods.IsEmpty ? at.AddMinutes(settings.LongestMinutes) : periods.EndOf(at);

    private void EndWhereDue(DateTimeOffset now)
    {
        if (_current is { } lesson && (now >= lesson.Limit || now - lesson.To > TimeSpan.FromMinutes(settings.AwayMinutes)))
        {
            _ended.Enqueue(lesson);
            (_current, _lastTo, _setBack) = (null, lesson.To, TimeSpan.Zero);
        }
    }
}
