using System.Collections.Immutable;
using Xunke.Actors.Alerts;
using Xunke.Actors.Classrooms;
using Xunke.Actors.Live;
using Xunke.Actors.Messaging;

namespace Xunke.Actors.Schools;

/// <summary>One school: the newest view of each of its rooms, and their sum at most once a second.</summary>
internal sealed class SchoolActor : TypedActor<SchoolMessage>
{
    private readonly Entities<DistrictMessage> _district;
    private readonly Entities<RoomMessage> _roomActors;
    private readonly ViewOutlet _outlet;
    private readonly ViewPace _pace;
    private readonly ActorRef<SchoolMessage>? _alerts;
    private SchoolRegistration _school;
    private Dictionary<string, RoomView> _rooms;
    private bool _viewPending;
    private long _sequence;
    private SchoolView? _view;

    private SchoolActor(
        SchoolRegistration school, Entities<DistrictMessage> district, Entities<RoomMessage> rooms, ViewOutlet outlet,
        AlertServices? alerts)
    {
        _district = district;
        _roomActors = rooms;
        _outlet = outlet;
        _pace = new ViewPace(outlet.Time, outlet.Interval);
        _sequence = outlet.Time.GetUtcNow().ToUnixTimeMilliseconds();
        _school = school;
        _rooms = Views([]);
        _alerts = alerts is null ? null : Spawn("alerts", AlertsActor.Props(school.SchoolId, () => _school.Rooms, alerts), outlet.Time);
    }

    /// <summary>Beside questions and timers: one view a room.</summary>
    public static MailboxBound Mailbox { get; } = new("school", 256);

    /// <summary>How a district keeps a school. A restart leaves its rooms as they are and asks them for their views again.</summary>
    /// <param name="school">What the books say of the school at each start of the actor.</param>
    /// <param name="district">The district, which is told its views.</param>
    /// <param name="rooms">The rooms.</param>
    /// <param name="outlet">Where its views go.</param>
    /// <param name="alerts">What its alerts need; null where it has none.</param>
    public static Props<SchoolMessage> Props(
        Func<SchoolRegistration> school, Entities<DistrictMessage> district, Entities<RoomMessage> rooms, ViewOutlet outlet,
        AlertServices? alerts = null) =>
        Props<SchoolMessage>.Of(() => new SchoolActor(school(), district, rooms, outlet, alerts), Mailbox);

    protected override void PreStart() => ShowSoon();

    protected override void PostRestart(Exception reason)
    {
        foreach (var room in _school.Rooms)
        {
            _roomActors.Tell(room.RoomId, new RepeatView());
        }

        // A sum before the rooms have answered would show the school as offline.
        _pace.Mark();
        ShowSoon();
    }

    protected override void Handle(SchoolMessage message)
    {
        switch (message)
        {
            case RoomChanged changed when _rooms.ContainsKey(changed.View.RoomId):
                _rooms[changed.View.RoomId] = changed.View;
                _alerts?.Tell(changed);
                ShowSoon();
                break;
            case GetRoom get:
                Answer(get, new RoomFound(_rooms.GetValueOrDefault(get.RoomId)));
                break;
            case GetRooms get:
                Answer(get, [.. _school.Rooms.Select(room => _rooms[room.RoomId])]);
                break;
            case RepeatSchoolView when _view is not null:
                Tell(_view);
                break;
            case SchoolRegistered registered:
                _school = registered.School;
                _rooms = Views(_rooms);
                _alerts?.Tell(registered);
                ShowSoon();
                break;
            case SchoolViewDue:
                _viewPending = false;
                Show();
                break;
        }
    }

    private void ShowSoon()
    {
        if (_viewPending)
        {
            return;
        }

        var wait = _pace.Wait;
        if (wait <= TimeSpan.Zero)
        {
            Show();
        }
        else
        {
            _viewPending = true;
            Timers.StartSingleTimer(nameof(SchoolViewDue), new SchoolViewDue(), wait);
        }
    }

    private void Show()
    {
        _pace.Mark();
        _view = SchoolSum.Of(_school.SchoolId, ++_sequence, _outlet.Time.GetUtcNow(), _rooms.Values);
        _outlet.Sink.Publish(_view);
        Tell(_view);
    }

    private void Tell(SchoolView view) => _district.Tell(DistrictMessage.OnlyId, new SchoolChanged(view));

    /// <summary>A view of each room on the books: the known one, or one that is offline.</summary>
    private Dictionary<string, RoomView> Views(Dictionary<string, RoomView> known)
    {
        var now = _outlet.Time.GetUtcNow();
        return _school.Rooms.ToDictionary(
            room => room.RoomId, room => known.GetValueOrDefault(room.RoomId) ?? EmptyViews.Room(room, now), StringComparer.Ordinal);
    }
}
