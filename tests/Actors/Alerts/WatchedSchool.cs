using Xunke.Actors.Alerts;
using Xunke.Actors.Live;
using Xunke.Actors.Timetable;
using Xunke.Analytics.Behaviours;
using Xunke.Tests.Actors.Lessons;
using Xunke.Tests.Actors.Timetable;

namespace Xunke.Tests.Actors.Alerts;

/// <summary>
/// A school of three rooms, of which r1 and r2 are classes' own, on the Monday of its first week; its rules are looked at once a second.
/// </summary>
internal sealed class WatchedSchool
{
    /// <summary>Ten minutes before the lesson.</summary>
    public static readonly TimeOnly Before = new(7, 50);

    private static readonly Figure Nothing = new(null, 0, 0, 60, "head-up-rate/1");

    private readonly Dictionary<string, RoomView> _seen = [];
    private readonly MadeUpSchool _school;
    private readonly OneTimetable _timetable;
    private long _sequence;

    /// <param name="school">The school's timetable.</param>
    /// <param name="from">The time of day at which the server started.</param>
    public WatchedSchool(MadeUpSchool school, TimeOnly from)
    {
        _school = school;
        _timetable = new OneTimetable(school.Timetable());
        Now = ServerStart = At(from);
        Watch = Make();
    }

    /// <summary>A school with a lesson in r1 from 08:00 to 08:40.</summary>
    public static WatchedSchool WithLesson(TimeOnly? from = null)
    {
        var made = new MadeUpSchool();
        made.Lesson(1, 1);
        return new WatchedSchool(made, from ?? Before);
    }

    public DateTimeOffset Now { get; private set; }

    public DateTimeOffset ServerStart { get; }

    public HandPolicy Policy { get; } = new();

    public SchoolWatch Watch { get; private set; }

    /// <summary>What was raised and cleared so far: "r1 RoomEmpty", "-r1 RoomEmpty".</summary>
    public List<string> Told { get; } = [];

    public List<AlertChange> Changes { get; } = [];

    /// <summary>A time of the Monday.</summary>
    public DateTimeOffset At(TimeOnly time) =>
        new(MadeUpSchool.Day(1, 1).ToDateTime(time), _school.Zone.GetUtcOffset(MadeUpSchool.Day(1, 1).ToDateTime(time)));

    public void Changed() => _timetable.School = _school.Timetable();

    /// <summary>From now on a room's camera shows this.</summary>
    public void Show(
        string room, int people, TeacherPlace teacher = TeacherPlace.Unknown, ClassroomState state = ClassroomState.Live,
        string? fault = null, bool lowConfidence = false)
    {
        var since = _seen.TryGetValue(room, out var before) && before.State == state ? before.StateSince : Now;
        _seen[room] = new RoomView(
            room, "s01", 0, Now, state, since, fault, lowConfidence, 1000, 30, people, 0, 0, 0, 0, 0, 0, teacher, Nothing, Nothing, 1.7,
            []);
    }

    /// <summary>From now on its camera sends nothing.</summary>
    public void Lose(string room) => Show(room, 0, state: ClassroomState.Offline);

    /// <summary>Seconds go by, with a view of each room and a look at the rules in each.</summary>
    public void Pass(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            Now = Now.AddSeconds(1);
            foreach (var view in _seen.Values)
            {
                Watch.See(view with { At = Now, Sequence = ++_sequence });
            }

            foreach (var change in Watch.Look(Now))
            {
                Changes.Add(change);
                Told.Add($"{(change.IsRaised ? "" : "-")}{change.Place.RoomId ?? "school"} {change.Place.Kind}");
            }
        }
    }

    public void PassUntil(TimeOnly time) => Pass((int)(At(time) - Now).TotalSeconds);

    /// <summary>The watch is made anew, and takes up what was raised.</summary>
    public void Restart(params AlertPlace[] raised)
    {
        Watch = Make();
        Watch.Resume(raised);
    }

    private SchoolWatch Make()
    {
        var watch = new SchoolWatch(
            "s01", new AlertSetup(null! /* a watch writes nothing */, Policy, _timetable, TimeSpan.FromSeconds(60)), ServerStart, Now);
        watch.Register([new("r1", "s01", 40), new("r2", "s01", 40), new("r3", "s01", 40)]);
        return watch;
    }
}
