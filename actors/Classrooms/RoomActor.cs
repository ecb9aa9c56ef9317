using Microsoft.Extensions.Logging;
using Xunke.Actors.Lessons;
using Xunke.Actors.Live;
using Xunke.Actors.Messaging;
using Xunke.Actors.Publishers;
using Xunke.Actors.Recordings;
using Xunke.Actors.Visits;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Recording;

namespace Xunke.Actors.Classrooms;

/// <summary>Somebody wants to visit the room.</summary>
/// <param name="Visit">The visit, as it is put on record.</param>
/// <param name="LoginId">The session that the visitor is signed in with.</param>
internal sealed record VisitRequested(Visit Visit, string LoginId) : RoomMessage, IQuestion<RoomMessage, VisitBegun>;

/// <summary>A media session of the room has ended: a publisher's, or a viewer's.</summary>
/// <param name="SessionId">Which.</param>
internal sealed record SessionGone(string SessionId) : RoomMessage;

/// <summary>What the activities in a node's rooms need.</summary>
/// <param name="Media">Shows rooms.</param>
/// <param name="Recorder">Records them.</param>
/// <param name="Visits">The visits.</param>
/// <param name="Recordings">The recordings.</param>
/// <param name="Lessons">The lessons; null where none are kept.</param>
/// <param name="Prioritise">A room's pictures are analysed before others, or no longer.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Gets what cannot be put on record.</param>
internal sealed record RoomActivityServices(
    MediaServer Media, Recorder Recorder, VisitOptions Visits, RecordingOptions Recordings, LessonServices? Lessons,
    Action<string, bool> Prioritise, TimeProvider Time, ILogger Logger);

/// <summary>
/// A room: it owns the actor of its figures, and those of its lessons, its publishers, its visits and its recording. They stand side
/// by side, so that none stops because another failed; this one only hands on what it is told. While there is a visit, the room's
/// pictures are analysed before others.
/// </summary>
internal sealed class RoomActor : TypedActor<RoomMessage>
{
    private readonly string _roomId;
    private readonly ActorRef<ClassroomMessage> _classroom;
    private readonly RoomActivityServices? _activities;
    private readonly ActorRef<PublisherMessage>? _publishers;
    private readonly ActorRef<RecordingMessage>? _recording;
    private readonly ActorRef<LessonMessage>? _lessons;
    private readonly Dictionary<string, ActorRef<VisitMessage>> _visits = new(StringComparer.Ordinal);

    private RoomActor(
        string roomId, Func<RoomRegistration> room, Props<ClassroomMessage> classroom, TimeProvider time, RoomActivityServices? activities)
    {
        _roomId = roomId;
        _classroom = Spawn("classroom", classroom, time);
        _activities = activities;
        if (activities is not null)
        {
            _publishers = Spawn("publishers", PublisherActor.Props(roomId, activities.Media), time);
            _recording = Spawn(
                "recording",
                RecordingActor.Props(new RecordingServices(roomId, activities.Recordings, activities.Recorder, activities.Logger)),
                time);
            _lessons = activities.Lessons is { } lessons
                ? Spawn("lessons", LessonActor.Props(roomId, room, _classroom, lessons), time)
                : null;
        }
    }

    /// <summary>Beside the newest picture and the newest sample.</summary>
    public static MailboxBound Mailbox { get; } = new("room", 128);

    /// <summary>How a room is kept.</summary>
    /// <param name="roomId">The room.</param>
    /// <param name="room">What the books say of it now.</param>
    /// <param name="classroom">Its figures.</param>
    /// <param name="time">The clock.</param>
    /// <param name="activities">What else goes on in it; null where it is only watched.</param>
    public static Props<RoomMessage> Props(
        string roomId, Func<RoomRegistration> room, Props<ClassroomMessage> classroom, TimeProvider time,
        RoomActivityServices? activities) =>
        Props<RoomMessage>.Of(() => new RoomActor(roomId, room, classroom, time, activities), Mailbox);

    protected override void Handle(RoomMessage message)
    {
        switch (message)
        {
            case ClassroomMessage figures:
                Forward(_classroom, figures);
                break;
            case LessonMessage lesson when _lessons is not null:
                Forward(_lessons, lesson);
                break;
            case PublisherMessage publishing when _publishers is not null:
                Forward(_publishers, publishing);
                break;
            case RecordingMessage recording when _recording is not null:
                Forward(_recording, recording);
                break;
            case VisitRequested request when _activities is not null:
                Begin(request, _activities);
                break;
            case SessionGone gone:
                _publishers?.Tell(new PublisherEnded(gone.SessionId));
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
            _activities!.Prioritise(_roomId, false);
        }
    }

    private void Begin(VisitRequested request, RoomActivityServices activities)
    {
        if (_visits.Count == 0)
        {
            activities.Prioritise(_roomId, true);
        }

        var name = $"visit-{request.Visit.Id:N}";
        var services = new VisitServices(activities.Visits, activities.Media, _recording!, activities.Time, activities.Logger);
        var visit = Spawn(name, VisitActor.Props(request.Visit, request.LoginId, services), activities.Time);
        _visits.Add(name, visit);
        Forward(visit, new BeginVisit());
    }
}
