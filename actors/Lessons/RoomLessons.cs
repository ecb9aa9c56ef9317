using Xunke.Actors.Live;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Indices;
using Xunke.Analytics.Vision;

namespace Xunke.Actors.Lessons;

/// <summary>
/// Tells from one room's samples when a lesson begins and ends: when a class is there, within what the timetable has, or the periods
/// where the district has any; or when somebody says so. Not thread-safe.
/// </summary>
/// <param name="room">What the books say of the room now.</param>
/// <param name="rules">Where lessons begin and end.</param>
/// <param name="timetable">What the room has by the timetable.</param>
internal sealed class RoomLessons(Func<RoomRegistration> room, LessonRules rules, ITimetable timetable)
{
    private const int FewestPupils = 3;
    private const double ShareOfClass = 0.2;
    private static readonly TimeSpan Jitter = TimeSpan.FromSeconds(2);

    /// <summary>So long before a planned lesson a room is watched: its seats are known when the lesson begins.</summary>
    private static readonly TimeSpan Lead = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LargestCorrection = TimeSpan.FromHours(2);

    /// <summary>How old a look may be when it arrives: the analysis may be behind.</summary>
    private static readonly TimeSpan OldestLook = TimeSpan.FromSeconds(30);

    private readonly Queue<LessonInHand> _ended = new();
    private DateTimeOffset _newest;
    private DateTimeOffset _lastTo;
    private TimeSpan _setBack;
    private Hold? _hold;

    /// <summary>The lesson that goes on, or null.</summary>
    public LessonInHand? Current { get; private set; }

    /// <summary>Whether a lesson goes on, or has ended and was not taken.</summary>
    public bool IsBusy => Current is not null || _ended.Count > 0;

    /// <summary>Until when no lesson begins by itself, because somebody has ended one; null: it may.</summary>
    public DateTimeOffset? HeldUntil => _hold?.Until;

    private int Needed => Current is { Head.ByHand: true } ? 1 : Math.Max(FewestPupils, (int)(room().Enrolled * ShareOfClass));

    /// <summary>Whether it matters what the room looks like: always, or where only planned lessons count, while there is one or one is
    /// due.</summary>
    public bool IsWatched(DateTimeOffset now) => !rules.OnlyPlanned || IsBusy || IsDue(now) || IsDue(now + Lead);

    /// <summary>Begins a lesson by hand, where none goes on: whatever the timetable says, and whoever is there.</summary>
    public void Begin(DateTimeOffset now)
    {
        EndWhereDue(now + _setBack);
        _hold = null;
        if (Current is null)
        {
            var from = IsWithinLast(now) ? _lastTo : now;
            Current = LessonInHand.Begin(room(), from, LessonPeriod.ByHand(room(), now, rules, timetable), byHand: true);
            _newest = from - OldestLook;
        }
    }

    /// <summary>Ends the lesson by hand. The next begins by hand, or when its time is over, or once the class has been away.</summary>
    public void End(DateTimeOffset now)
    {
        EndWhereDue(now + _setBack);
        if (Current is { } lesson)
        {
            _hold = new Hold(lesson.Head.Limit, now);
            End(lesson);
        }
    }

    /// <summary>Takes a sample in.</summary>
    public void Take(BehaviourSample sample)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(sample.People.IsDefault, true);
        var inOrder = InOrder(sample);
        EndWhereDue(inOrder.At);
        sample = Current is null ? sample : inOrder;
        var isThere = BehaviourCounts.Of(sample.People).People >= Needed;
        if (Current is null && !IsHeld(sample.At, isThere) && isThere && !IsWithinLast(sample.At)
            && LessonPeriod.At(room(), sample.At, rules, timetable) is { } period)
        {
            Current = LessonInHand.Begin(room(), sample.At, period);
            _newest = sample.At;
        }

        // A camera that sees nothing does not say that the class has gone. What was seen before a lesson was begun is not of it.
        if (Current is { } lesson && sample.At >= lesson.Head.From)
        {
            lesson.Add(sample, isThere || sample.Tamper.HidesClass());
        }
    }

    /// <summary>Takes up a lesson that the end of the server interrupted; beside another that goes on it is over.</summary>
    public void Resume(LessonInHand lesson)
    {
        if (Current is null)
        {
            (Current, _newest) = (lesson, lesson.To);
        }
        else
        {
            _ended.Enqueue(lesson);
        }
    }

    /// <summary>Ends a lesson whose time is over though no sample says so.</summary>
    /// <param name="now">The time.</param>
    /// <param name="all">The server stops: whatever goes on ends.</param>
    /// <returns>The lessons that have ended since the last call.</returns>
    public IReadOnlyList<LessonInHand> TakeEnded(DateTimeOffset now, bool all = false)
    {
        EndWhereDue(all ? DateTimeOffset.MaxValue : now + _setBack);
        LessonInHand[] ended = [.. _ended];
        _ended.Clear();
        return ended;
    }

    /// <summary>A clock that is set back during a lesson makes it neither shorter nor endless: to its end, its time goes on.</summary>
    private BehaviourSample InOrder(BehaviourSample sample)
    {
        if (Current is null)
        {
            return sample;
        }

        var at = sample.At + _setBack;
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

    private bool IsDue(DateTimeOffset at) => LessonPeriod.At(room(), at, rules, timetable) is not null;

    private bool IsHeld(DateTimeOffset at, bool isThere)
    {
        if (_hold is not { } hold)
        {
            return false;
        }

        var isOver = at >= hold.Until || at - hold.Seen > rules.Away || hold.Seen - at > LargestCorrection;
        _hold = isOver ? null : isThere ? hold with { Seen = at } : hold;
        return !isOver;
    }

    private void EndWhereDue(DateTimeOffset now)
    {
        if (Current is { } lesson && (now >= lesson.Head.Limit || now - lesson.To > rules.Away))
        {
            End(lesson);
        }
    }

    private void End(LessonInHand lesson)
    {
        _ended.Enqueue(lesson);
        (Current, _lastTo, _setBack) = (null, lesson.To, TimeSpan.Zero);
    }

    /// <summary>What keeps a class that stays in its room from having another lesson, after somebody has ended theirs.</summary>
    /// <param name="Until">When that lesson's time is over.</param>
    /// <param name="Seen">When the class was last there.</param>
    private sealed record Hold(DateTimeOffset Until, DateTimeOffset Seen);
}
