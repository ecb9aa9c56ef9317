using System.Collections.Immutable;
using Xunke.Actors.Classrooms;
using Xunke.Actors.District;
using Xunke.Actors.Live;
using Xunke.Actors.Messaging;

namespace Xunke.Actors.Schools;

/// <summary>One school: the newest view of each of its rooms, and their sum at most once a second.</summary>
internal sealed class SchoolActor : TypedActor<SchoolMessage>
{
    private readonly SchoolRegistration _school;
    private readonly ActorRef<DistrictMessage> _district;
    private readonly ImmutableArray<ActorRef<ClassroomMessage>> _roomActors;
    private readonly ClassroomServices _services;
    private readonly Dictionary<string, RoomView> _rooms;
    private readonly ViewPace _pace;
    private bool _viewPending;
    private long _sequence;
    private SchoolView? _view;

    private SchoolActor(
        SchoolRegistration school, ActorRef<DistrictMessage> district, ImmutableArray<ActorRef<ClassroomMessage>> rooms,
        ClassroomServices services)
    {
        _school = school;
        _district = district;
        _roomActors = rooms;
        _services = services;
        _pace = new ViewPace(services.Time, services.Settings.ViewInterval);
        var now = services.Time.GetUtcNow();
        _sequence = now.ToUnixTimeMilliseconds();
        _rooms = school.Rooms.ToDictionary(room => room.RoomId, room => EmptyViews.Room(room, now), StringComparer.Ordinal);
    }

    /// <summary>Beside questions and timers: one view a room.</summary>
    public static MailboxBound Mailbox { get; } = new("school", 256);

    /// <summary>How a district keeps a school. A restart leaves its rooms as they are and asks them for their views again.</summary>
    public static Props<SchoolMessage> Props(
        SchoolRegistration school, ActorRef<DistrictMessage> district, ImmutableArray<ActorRef<ClassroomMessage>> rooms,
        ClassroomServices services) =>
        Props<SchoolMessage>.Of(() => new SchoolActor(school, district, rooms, services), Mailbox);

    protected override void PreStart() => ShowSoon();

    protected override void PostRestart(Exception reason)
    {
        foreach (var room in _roomActors)
        {
            room.Tell(new RepeatView());
        }

        // A sum before the rooms have answered would show the school as offline.
        _pace.Mark();
        ShowSoon();
    }

    protected override void Handle(SchoolMessage message)
    {
        switch (message)
        {
            case RoomChanged changed:
                _rooms[changed.View.RoomId] = changed.View;
                ShowSoon();
                break;
            case GetRoom get:
                Answer(get, new RoomFound(_rooms.GetValueOrDefault(get.RoomId)));
                break;
            case GetRooms get:
                Answer(get, [.. _school.Rooms.Select(room => _rooms[room.RoomId])]);
                break;
            case RepeatSchoolView when _view is not null:
                _district.Tell(new SchoolChanged(_view));
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
        _view = SchoolSum.Of(_school.SchoolId, ++_sequence, _services.Time.GetUtcNow(), _rooms.Values);
        _services.Views.Publish(_view);
        _district.Tell(new SchoolChanged(_view));
    }
}
