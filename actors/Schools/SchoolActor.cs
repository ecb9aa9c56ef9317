using System.Collections.Immutable;
using Xunke.Actors.Classrooms;
using Xunke.Actors.District;
using Xunke.Actors.Kernel;
using Xunke.Actors.Live;

namespace Xunke.Actors.Schools;

/// <summary>One school: the newest view of each of its rooms, and their sum at most once a second. Its rooms are its children.</summary>
internal sealed class SchoolActor : Actor<SchoolMessage>
{
    private readonly SchoolRegistration _school;
    private readonly ActorRef<DistrictMessage> _district;
    private readonly ClassroomServices _services;
    private readonly Dictionary<string, RoomView> _rooms;
    private readonly ViewPace _pace;
    private ImmutableDictionary<string, ActorRef<ClassroomMessage>> _actors = ImmutableDictionary<string, ActorRef<ClassroomMessage>>.Empty;
    private bool _viewPending;
    private long _sequence;
    private SchoolView? _view;

    private SchoolActor(
        ActorContext<SchoolMessage> context, SchoolRegistration school, ActorRef<DistrictMessage> district, ClassroomServices services)
        : base(context)
    {
        _school = school;
        _district = district;
        _services = services;
        _pace = new ViewPace(context.Time, services.Settings.ViewInterval);
        var now = context.Time.GetUtcNow();
        _sequence = now.ToUnixTimeMilliseconds();
        _rooms = school.Rooms.ToDictionary(room => room.RoomId, room => EmptyViews.Room(room, now), StringComparer.Ordinal);
    }

    /// <summary>How a district keeps a school. A restart leaves its rooms as they are and asks them for their views again.</summary>
    public static Props<SchoolMessage> Props(SchoolRegistration school, ActorRef<DistrictMessage> district, ClassroomServices services) =>
        new(context => new SchoolActor(context, school, district, services))
        {
            Mailbox = MailboxOptions<SchoolMessage>.LatestWins(
                school.Rooms.Length + 256, static message => message is RoomChanged changed ? changed.View.RoomId : null),
            Supervision = SupervisionStrategy.Restarting(
                TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), int.MaxValue, TimeSpan.FromMinutes(1)),
        };

    protected override ValueTask OnStartAsync()
    {
        var actors = ImmutableDictionary.CreateBuilder<string, ActorRef<ClassroomMessage>>(StringComparer.Ordinal);
        var restarted = Context.Children.Count > 0;
        foreach (var room in _school.Rooms)
        {
            if (Context.Child<ClassroomMessage>(room.RoomId) is { } actor)
            {
                actor.Tell(new RepeatView());
            }
            else
            {
                actor = Context.Spawn(room.RoomId, ClassroomActor.Props(room, Context.Self, _services));
            }

            actors.Add(room.RoomId, actor);
        }

        _actors = actors.ToImmutable();
        if (restarted)
        {
            // A sum before the rooms have answered would show the school as offline.
            _pace.Mark();
        }

        ShowSoon();
        return ValueTask.CompletedTask;
    }

    protected override ValueTask ReceiveAsync(SchoolMessage message)
    {
        switch (message)
        {
            case RoomChanged changed:
                _rooms[changed.View.RoomId] = changed.View;
                ShowSoon();
                break;
            case GetRoom get:
                get.Reply.Tell(_rooms.GetValueOrDefault(get.RoomId));
                break;
            case GetRooms get:
                get.Reply.Tell([.. _school.Rooms.Select(room => _rooms[room.RoomId])]);
                break;
            case GetRoomActors get:
                get.Reply.Tell(_actors);
                break;
            case RepeatSchoolView when _view is not null:
                _district.Tell(new SchoolChanged(_view));
                break;
            case SchoolViewDue:
                _viewPending = false;
                Show();
                break;
        }

        return ValueTask.CompletedTask;
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
            Context.Timers.StartSingle(nameof(SchoolViewDue), new SchoolViewDue(), wait);
        }
    }

    private void Show()
    {
        _pace.Mark();
        _view = SchoolSum.Of(_school.SchoolId, ++_sequence, Context.Time.GetUtcNow(), _rooms.Values);
        _services.Views.Publish(_view);
        _district.Tell(new SchoolChanged(_view));
    }
}
