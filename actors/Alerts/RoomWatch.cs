using System.Collections.Immutable;
using Xunke.Actors.Live;
using Xunke.Actors.Timetable;
using Xunke.Analytics.Behaviours;

namespace Xunke.Actors.Alerts;

/// <summary>One room of a school's watch: what is seen of it, its last minute, and its rules. Not thread-safe.</summary>
/// <param name="room">What the books say of it.</param>
/// <param name="serverStart">When the server started: what the room remembers from before had a camera.</param>
/// <param name="startedAt">When this watch started.</param>
internal sealed class RoomWatch(RoomRegistration room, DateTimeOffset serverStart, DateTimeOffset startedAt)
{
    private const int KeptMoments = 12;

    /// <summary>Somebody who passes is no teacher.</summary>
    private static readonly TimeSpan SeenFor = TimeSpan.FromSeconds(10);

    /// <summary>A teacher whom a pupil hides for a moment has not left.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(5);

    /// <summary>A teacher who is there before the bell is there.</summary>
    private static readonly TimeSpan BeforeBell = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(5);

    private readonly RuleWatch[] _watches = new RuleWatch[AlertKinds.All.Count];
    private readonly AlertMoment?[] _moments = new AlertMoment?[KeptMoments];
    private int _nextMoment;
    private DateTimeOffset _lastMoment;
    private DateTimeOffset _teacherFrom;
    private DateTimeOffset _teacherAt;
    private DateTimeOffset? _teacherSeen;
    private (Guid Entry, DateTimeOffset From) _lesson;

    /// <summary>What the books say of the room.</summary>
    public RoomRegistration Room { get; set; } = room;

    /// <summary>What was seen last; at first that nothing is.</summary>
    public RoomGlance Glance { get; private set; } =
        new(startedAt, ClassroomState.Offline, startedAt, null, false, room.Enrolled, 0, TeacherPlace.Unknown);

    /// <summary>Whether the room has a camera: one was seen since the start, fails, or was seen before the start.</summary>
    public bool HadCamera { get; private set; }

    /// <summary>Whether the room's camera is one that is lost.</summary>
    public bool IsLost => HadCamera && Glance.IsLost;

    /// <summary>The rule's watch.</summary>
    public ref RuleWatch Of(AlertKind kind) => ref _watches[(int)kind];

    /// <summary>Takes a view in. Nothing is allocated but a moment in five seconds.</summary>
    public void See(RoomView view)
    {
        Glance = RoomGlance.Of(view);
        HadCamera |= view.State != ClassroomState.Offline || view.Fault is not null || view.StateSince < serverStart - SeenFor;
        if (view.Teacher != TeacherPlace.Unknown && Glance.IsSure)
        {
            _teacherFrom = view.At - _teacherAt > Gap || view.At < _teacherAt ? view.At : _teacherFrom;
            _teacherAt = view.At;
            _teacherSeen = view.At - _teacherFrom >= SeenFor ? view.At : _teacherSeen;
        }

        if (view.At - _lastMoment >= Spacing || view.At < _lastMoment)
        {
            _lastMoment = view.At;
            _moments[_nextMoment] = new AlertMoment(view.At, view.State, view.People, view.Teacher);
            _nextMoment = (_nextMoment + 1) % KeptMoments;
        }
    }

    /// <summary>The situation at an instant.</summary>
    public RoomSituation At(DateTimeOffset now, SchoolNow school)
    {
        var plan = school.Services.Timetable.At(Room.SchoolId, Room.RoomId, now);
        var lesson = plan?.Now;
        return new RoomSituation(
            now, Glance, plan, (lesson is null ? null : school.Services.Timetable.EnrolledOf(lesson.ClassId)) ?? Glance.Enrolled,
            lesson is not null && school.Services.Policy.IsElsewhere(lesson.SubjectId),
            Glance.StateSince > startedAt ? Glance.StateSince : startedAt,
            lesson is not null && _teacherSeen >= lesson.From - BeforeBell, HadCamera, school.IsInGrace, school.IsLost);
    }

    /// <summary>Notes the lesson that is on.</summary>
    /// <returns>Whether it is another than before: what was raised in the last one is over.</returns>
    public bool EnterLesson(PlannedLesson? lesson)
    {
        var before = _lesson;
        _lesson = lesson is null ? default : (lesson.EntryId, lesson.From);
        return before != default && before != _lesson;
    }

    /// <summary>Why an alert of a kind is raised now.</summary>
    public AlertEvidence Evidence(AlertRule rule, DateTimeOffset since, in RoomSituation room)
    {
        var counts = room.Glance.IsSure;
        return new AlertEvidence(
            rule, since, room.Glance.State, room.Glance.StateSince, room.Glance.Fault, counts ? room.Glance.People : null,
            room.Enrolled > 0 ? room.Enrolled : null, counts ? room.Glance.Teacher : null, room.Lesson?.EntryId, room.Lesson?.ClassId,
            room.Lesson?.SubjectId, room.Lesson?.From, room.Lesson?.To, room.Lesson?.Period.Period.Name ?? room.Plan?.Period?.Period.Name,
            null, null, LastMinute(room.At));
    }

    private ImmutableArray<AlertMoment> LastMinute(DateTimeOffset now) =>
    [
        .. _moments.OfType<AlertMoment>().Where(moment => moment.At <= now && now - moment.At <= TimeSpan.FromSeconds(65))
            .OrderBy(moment => moment.At),
    ];
}

/// <summary>What is so of the whole school at an instant.</summary>
/// <param name="Services">Rules and timetable.</param>
/// <param name="IsInGrace">The server has just started.</param>
/// <param name="IsLost">The whole school's cameras are lost.</param>
internal readonly record struct SchoolNow(AlertSetup Services, bool IsInGrace, bool IsLost);
