using System.Collections.Immutable;
using Xunke.Actors.Live;

namespace Xunke.Actors.Alerts;

/// <summary>
/// The rules of one school's rooms, looked at once a second: says what is raised and cleared, and writes nothing. Not thread-safe.
/// </summary>
/// <param name="schoolId">The school.</param>
/// <param name="setup">Rules and timetable.</param>
/// <param name="serverStart">When the server started.</param>
/// <param name="startedAt">When this watch started.</param>
internal sealed class SchoolWatch(string schoolId, AlertSetup setup, DateTimeOffset serverStart, DateTimeOffset startedAt)
{
    private readonly Dictionary<string, RoomWatch> _rooms = new(StringComparer.Ordinal);
    private readonly List<AlertPlace> _gone = [];
    private RuleWatch _outage;

    /// <summary>Takes over the rooms on the books.</summary>
    public void Register(ImmutableArray<RoomRegistration> rooms)
    {
        foreach (var gone in _rooms.Keys.Except(rooms.Select(room => room.RoomId), StringComparer.Ordinal).ToList())
        {
            _gone.AddRange(AlertKinds.OfRooms.Where(kind => _rooms[gone].Of(kind).IsRaised).Select(kind => PlaceOf(gone, kind)));
            _rooms.Remove(gone);
        }

        foreach (var room in rooms)
        {
            if (_rooms.TryGetValue(room.RoomId, out var known))
            {
                known.Room = room;
            }
            else
            {
                _rooms.Add(room.RoomId, new RoomWatch(room, serverStart, startedAt));
            }
        }
    }

    /// <summary>Takes up what was raised and not cleared before the start.</summary>
    public void Resume(IEnumerable<AlertPlace> raised)
    {
        foreach (var place in raised)
        {
            if (place.RoomId is null)
            {
                _outage = RuleWatch.Raised();
            }
            else if (_rooms.TryGetValue(place.RoomId, out var room))
            {
                room.Of(place.Kind) = RuleWatch.Raised();
            }
            else
            {
                _gone.Add(place);
            }
        }
    }

    /// <summary>Takes a room's view in.</summary>
    public void See(RoomView view)
    {
        if (_rooms.TryGetValue(view.RoomId, out var room))
        {
            room.See(view);
        }
    }

    /// <summary>Looks at every rule of every room.</summary>
    /// <returns>What is raised and cleared, in order.</returns>
    public IReadOnlyList<AlertChange> Look(DateTimeOffset now)
    {
        List<AlertChange>? changes = null;
        foreach (var place in _gone)
        {
            Add(Cleared(place, now, AlertEnd.RoomGone));
        }

        _gone.Clear();
        var isInGrace = now - serverStart < setup.Grace && now >= serverStart;
        var isLost = LookAtSchool(now, isInGrace, Add);
        var school = new SchoolNow(setup, isInGrace, isLost);
        foreach (var room in _rooms.Values)
        {
            LookAt(room, now, school, Add);
        }

        return changes ?? (IReadOnlyList<AlertChange>)[];

        void Add(AlertChange change) => (changes ??= []).Add(change);
    }

    /// <returns>Whether the rooms' own cameras are not told of.</returns>
    private bool LookAtSchool(DateTimeOffset now, bool isInGrace, Action<AlertChange> add)
    {
        var rule = setup.Policy.RuleOf(AlertKind.SchoolOffline);
        var place = PlaceOf(null, AlertKind.SchoolOffline);
        // The hours of rooms that are no class's own are the school's.
        var (reading, lost, cameras) =
            SchoolOutage.Read(rule, _rooms.Values, setup.Timetable.At(schoolId, string.Empty, now), now, isInGrace);
        if (!_outage.IsRaised && setup.Policy.IsSilenced(place, now))
        {
            reading = Reading.Meaningless;
        }

        var since = _outage.PendingSince ?? now;
        switch (_outage.Look(now, reading, rule.Hold, rule.ClearHold, endsWithHours: !rule.IsOn))
        {
            case WatchStep.Raise:
                var evidence = new AlertEvidence(
                    rule, since, null, null, null, null, null, null, null, null, null, null, null, null, lost, cameras, []);
                add(new AlertChange(Guid.CreateVersion7(now), place, now, evidence, default));
                break;
            case WatchStep.Clear:
                add(Cleared(place, now, rule.IsOn ? AlertEnd.Cleared : AlertEnd.RuleOff));
                break;
        }

        return _outage.IsRaised || reading == Reading.Raise;
    }

    private void LookAt(RoomWatch room, DateTimeOffset now, SchoolNow school, Action<AlertChange> add)
    {
        var situation = room.At(now, school);
        var isOtherLesson = room.EnterLesson(situation.Lesson);
        foreach (var kind in AlertKinds.OfRooms)
        {
            var rule = setup.Policy.RuleOf(kind);
            ref var watch = ref room.Of(kind);
            var isOver = isOtherLesson && AlertKinds.EndsWithHours(kind);
            var reading = isOver ? Reading.Meaningless : AlertConditions.Read(rule, situation);
            if (reading == Reading.Raise && !watch.IsRaised && setup.Policy.IsSilenced(PlaceOf(room.Room.RoomId, kind), now))
            {
                reading = Reading.Meaningless;
            }

            var since = watch.PendingSince ?? now;
            var ends = !rule.IsOn || AlertKinds.EndsWithHours(kind);
            switch (watch.Look(now, reading, rule.Hold, rule.ClearHold, ends))
            {
                case WatchStep.Raise:
                    add(new AlertChange(
                        Guid.CreateVersion7(now), PlaceOf(room.Room.RoomId, kind), now, room.Evidence(rule, since, situation), default));
                    break;
                case WatchStep.Clear:
                    add(Cleared(
                        PlaceOf(room.Room.RoomId, kind), now,
                        !rule.IsOn ? AlertEnd.RuleOff : reading == Reading.Meaningless ? AlertEnd.LessonOver : AlertEnd.Cleared));
                    break;
            }
        }
    }

    private AlertPlace PlaceOf(string? roomId, AlertKind kind) => new(schoolId, roomId, kind);

    private static AlertChange Cleared(AlertPlace place, DateTimeOffset now, AlertEnd end) =>
        new(Guid.CreateVersion7(now), place, now, null, end);
}
