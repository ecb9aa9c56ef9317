using Microsoft.Extensions.Logging;
using Xunke.Actors.Live;
using Xunke.Actors.Messaging;
using Xunke.Actors.Publishers;
using Xunke.Actors.Recordings;
using Xunke.Actors.Visits;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Recording;

namespace Xunke.Actors.Classrooms;

/// <summary>What the children of a node's rooms need.</summary>
/// <param name="Media">Shows rooms.</param>
/// <param name="Recorder">Records them.</param>
/// <param name="Visits">The visits.</param>
/// <param name="Recordings">The recordings.</param>
/// <param name="Logger">Gets what they cannot put on record.</param>
internal sealed record RoomChildrenServices(
    MediaServer Media, Recorder Recorder, VisitOptions Visits, RecordingOptions Recordings, ILogger Logger);

/// <summary>
/// A room's publishers, its visits and its recording. They are children of the room's actor and live through its restarts; while there is
/// a visit, the room's pictures are analysed before others.
/// </summary>
internal sealed class RoomChildren
{
    private const string VisitPrefix = "visit-";

    private readonly RoomRegistration _room;
    private readonly TypedActor<ClassroomMessage> _owner;
    private readonly ClassroomServices _services;
    private readonly Dictionary<string, ActorRef<VisitMessage>> _visits;
    private readonly VisitServices _visitServices;
    private readonly ActorRef<PublisherMessage> _publishers;

    /// <summary>Takes up the children that there are.</summary>
    /// <param name="owner">The room's actor.</param>
    /// <param name="room">The room.</param>
    /// <param name="services">What it needs.</param>
    /// <param name="children">What they need.</param>
    public RoomChildren(TypedActor<ClassroomMessage> owner, RoomRegistration room, ClassroomServices services, RoomChildrenServices children)
    {
        _room = room;
        _owner = owner;
        _services = services;
        _publishers = Child(PublisherName, PublisherActor.Props(room.RoomId, children.Media));
        var recording = Child(
            RecordingName, RecordingActor.Props(new RecordingServices(room.RoomId, children.Recordings, children.Recorder, children.Logger)));
        _visitServices = new VisitServices(children.Visits, children.Media, recording, services.Time, children.Logger);
        _visits = owner.Children<VisitMessage>(VisitPrefix, services.Time).ToDictionary(child => child.Name, child => child.Child);
    }

    /// <summary>The name of a room's recording among the children of its actor.</summary>
    public static string RecordingName => "recording";

    /// <summary>The name of a room's publishers among the children of its actor.</summary>
    public static string PublisherName => "publishers";

    /// <summary>Somebody wants to visit the room.</summary>
    public void Open(VisitRequested open)
    {
        var name = $"{VisitPrefix}{open.Visit.Id:N}";
        if (_visits.Count == 0)
        {
            _services.Feed.Prioritise(_room.RoomId, true);
        }

        var visit = _owner.Spawn(name, VisitActor.Props(open.Visit, open.LoginId, _visitServices), _services.Time);
        _visits.Add(name, visit);
        _owner.Forward(visit, new BeginVisit());
    }

    /// <summary>A media session of the room has ended.</summary>
    public void SessionGone(string sessionId)
    {
        _publishers.Tell(new PublisherEnded(sessionId));
        foreach (var visit in _visits.Values)
        {
            visit.Tell(new PictureGone(sessionId));
        }
    }

    /// <summary>A child has stopped.</summary>
    public void Stopped(string name)
    {
        if (_visits.Remove(name) && _visits.Count == 0)
        {
            _services.Feed.Prioritise(_room.RoomId, false);
        }
    }

    /// <summary>A child that a room always has: the one that lived through a restart, or a new one.</summary>
    private ActorRef<TChild> Child<TChild>(string name, Props<TChild> props)
        where TChild : notnull =>
        _owner.Children<TChild>(name, _services.Time).Select(child => child.Child).FirstOrDefault() ?? _owner.Spawn(name, props, _services.Time);
}
