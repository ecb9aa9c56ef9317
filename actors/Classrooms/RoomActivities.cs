using Microsoft.Extensions.Logging;
using Xunke.Actors.Messaging;
using Xunke.Actors.Publishers;
using Xunke.Actors.Recordings;
using Xunke.Actors.Visits;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Recording;

namespace Xunke.Actors.Classrooms;

/// <summary>What a <see cref="RoomActivities"/> understands.</summary>
internal abstract record RoomActivityMessage;

/// <summary>Somebody wants to visit the room.</summary>
/// <param name="Visit">The visit, as it is put on record.</param>
/// <param name="LoginId">The session that the visitor is signed in with.</param>
internal sealed record VisitRequested(Visit Visit, string LoginId) : RoomActivityMessage, IQuestion<RoomActivityMessage, VisitBegun>;

/// <summary>A media session of the room has ended: a publisher's, or a viewer's.</summary>
/// <param name="SessionId">Which.</param>
internal sealed record SessionGone(string SessionId) : RoomActivityMessage;

/// <summary>What the activities in a node's rooms need.</summary>
/// <param name="Media">Shows rooms.</param>
/// <param name="Recorder">Records them.</param>
/// <param name="Visits">The visits.</param>
/// <param name="Recordings">The recordings.</param>
/// <param name="Prioritise">A room's pictures are analysed before others, or no longer.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Gets what cannot be put on record.</param>
internal sealed record RoomActivityServices(
    MediaServer Media, Recorder Recorder, VisitOptions Visits, RecordingOptions Recordings, Action<string, bool> Prioritise,
    TimeProvider Time, ILogger Logger);

/// <summary>
/// The publishers, the visits and the recording of a room, each with an actor of its own. While there is a visit, the room's
/// pictures are analysed before others. It stands beside the room's <see cref="ClassroomActor"/>: Akka restarts the children of an
/// actor that fails, and no visit may end because the room's figures failed.
/// </summary>
internal sealed class RoomActivities : TypedActor<RoomActivityMessage>
{
    private const string VisitPrefix = "visit-";

    private readonly string _roomId;
    private readonly RoomActivityServices _services;
    private readonly ActorRef<PublisherMessage> _publishers;
    private readonly VisitServices _visitServices;
    private readonly Dictionary<string, ActorRef<VisitMessage>> _visits = new(StringComparer.Ordinal);

    private RoomActivities(string roomId, RoomActivityServices services)
    {
        _roomId = roomId;
        _services = services;
        _publishers = Spawn(PublisherName, PublisherActor.Props(roomId, services.Media), services.Time);
        var recording = Spawn(
            RecordingName,
            RecordingActor.Props(new RecordingServices(roomId, services.Recordings, services.Recorder, services.Logger)),
            services.Time);
        _visitServices = new VisitServices(services.Visits, services.Media, recording, services.Time, services.Logger);
    }

    /// <summary>The name of a room's recording among the children.</summary>
    public static string RecordingName => "recording";

    /// <summary>The name of a room's publishers among the children.</summary>
    public static string PublisherName => "publishers";

    public static MailboxBound Mailbox { get; } = new("activities", 64);

    public static Props<RoomActivityMessage> Props(string roomId, RoomActivityServices services) =>
        Props<RoomActivityMessage>.Of(() => new RoomActivities(roomId, services), Mailbox);

    protected override void Handle(RoomActivityMessage message)
    {
        switch (message)
        {
            case VisitRequested request:
                Begin(request);
                break;
            case SessionGone gone:
                _publishers.Tell(new PublisherEnded(gone.SessionId));
                foreach (var visit in _visits.Values)
                {
                    visit.Tell(new PictureGone(gone.SessionId));
                }

                break;
        }
    }

    protected override void ChildStopped(string name)
    {
        if (_visits.Remove(name) && _visits.Count == 0)
        {
            _services.Prioritise(_roomId, false);
        }
    }

    private void Begin(VisitRequested request)
    {
        if (_visits.Count == 0)
        {
            _services.Prioritise(_roomId, true);
        }

        var name = $"{VisitPrefix}{request.Visit.Id:N}";
        var visit = Spawn(name, VisitActor.Props(request.Visit, request.LoginId, _visitServices), _services.Time);
        _visits.Add(name, visit);
        Forward(visit, new BeginVisit());
    }
}
