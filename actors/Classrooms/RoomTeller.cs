using Xunke.Actors.Live;
using Xunke.Actors.Messaging;

namespace Xunke.Actors.Classrooms;

/// <summary>Makes a room's views and tells them to the web and to its school.</summary>
internal sealed class RoomTeller(RoomRegistration room, Entities<SchoolMessage> schools, ClassroomServices services)
{
    private readonly ViewPace _pace = new(services.Time, services.Settings.ViewInterval);

    // Views come at a few a second at most, so a number that starts from the clock outruns all earlier ones.
    private long _sequence = services.Time.GetUtcNow().ToUnixTimeMilliseconds();
    private RoomRegistration _room = room;
    private RoomView? _view;

    /// <summary>How long the next view has to wait, unless the state has changed; zero or less where it may go.</summary>
    public TimeSpan Wait => _pace.Wait;

    /// <summary>What the books say of the room.</summary>
    public void Register(RoomRegistration registration) => _room = registration;

    /// <summary>Tells what is so now.</summary>
    public void Show(ClassroomState state, DateTimeOffset since, string? fault, ClassroomFigures figures)
    {
        _pace.Mark();
        _view = RoomViews.Of(_room, ++_sequence, services.Time.GetUtcNow(), state, since, fault, figures);
        services.Views.Publish(_view);
        Repeat();
    }

    /// <summary>Tells the school the present view again.</summary>
    public void Repeat()
    {
        if (_view is not null)
        {
            schools.Tell(_room.SchoolId, new RoomChanged(_view));
        }
    }
}
