using System.Collections.Frozen;
using Xunke.Actors.Classrooms;
using Xunke.Actors.District;
using Xunke.Actors.Hosting;
using Xunke.Actors.Live;
using Xunke.Actors.Messaging;
using Xunke.Actors.Publishers;
using Xunke.Actors.Recordings;
using Xunke.Actors.Schools;
using Xunke.Actors.Visits;

namespace Xunke.Actors;

/// <summary>
/// The actors of the district, its schools and their rooms, by id. They stand side by side: Akka holds the children of
/// an actor that fails, and no room may stop for its school.
/// </summary>
/// <param name="District">The district.</param>
/// <param name="Schools">Its schools by id.</param>
/// <param name="Rooms">Their rooms by id.</param>
/// <param name="Activities">What goes on in the rooms, by their ids; empty for rooms that are only watched.</param>
/// <param name="SchoolOfRoom">School ids by room id.</param>
internal sealed record ActorTree(
    ActorRef<DistrictMessage> District,
    FrozenDictionary<string, ActorRef<SchoolMessage>> Schools,
    FrozenDictionary<string, ActorRef<ClassroomMessage>> Rooms,
    FrozenDictionary<string, ActorRef<RoomActivityMessage>> Activities,
    FrozenDictionary<string, string> SchoolOfRoom)
{
    /// <summary>The mailboxes that the actors need.</summary>
    public static IReadOnlyList<MailboxBound> Mailboxes { get; } =
    [
        DistrictActor.Mailbox, SchoolActor.Mailbox, ClassroomActor.Mailbox, RoomActivities.Mailbox, VisitActor.Mailbox, RecordingActor.Mailbox,
        PublisherActor.Mailbox,
    ];

    /// <summary>Makes the actors.</summary>
    /// <exception cref="ArgumentException">A school or room is on the books twice.</exception>
    public static ActorTree Grow(ActorHost host, IReadOnlyList<SchoolRegistration> books, ClassroomServices services,
        RoomActivityServices? activityServices = null)
    {
        var schoolOfRoom = books.SelectMany(school => school.Rooms).ToDictionary(
            room => room.RoomId, room => room.SchoolId, StringComparer.Ordinal);
        _ = books.ToDictionary(school => school.SchoolId, StringComparer.Ordinal);
        var district = host.Spawn("district", DistrictActor.Props(
            books, [.. books.Select(school => host.Find<SchoolMessage>(NameOf(school)))], services));
        var schools = new Dictionary<string, ActorRef<SchoolMessage>>(StringComparer.Ordinal);
        var rooms = new Dictionary<string, ActorRef<ClassroomMessage>>(StringComparer.Ordinal);
        var activities = new Dictionary<string, ActorRef<RoomActivityMessage>>(StringComparer.Ordinal);
        foreach (var school in books)
        {
            var actor = host.Spawn(NameOf(school), SchoolActor.Props(
                school, district, [.. school.Rooms.Select(room => host.Find<ClassroomMessage>(NameOf(room)))], services));
            schools.Add(school.SchoolId, actor);
            foreach (var room in school.Rooms)
            {
                rooms.Add(room.RoomId, host.Spawn(NameOf(room), ClassroomActor.Props(room, actor, services)));
                if (activityServices is not null)
                {
                    activities.Add(room.RoomId, host.Spawn(ActivitiesOf(room.RoomId), RoomActivities.Props(room.RoomId, activityServices)));
                }
            }
        }

        return new ActorTree(
            district, schools.ToFrozenDictionary(StringComparer.Ordinal), rooms.ToFrozenDictionary(StringComparer.Ordinal),
            activities.ToFrozenDictionary(StringComparer.Ordinal), schoolOfRoom.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>The name of the actor of what goes on in a room.</summary>
    public static string ActivitiesOf(string roomId) => $"activities-{roomId}";

    private static string NameOf(RoomRegistration room) => $"room-{room.RoomId}";

    private static string NameOf(SchoolRegistration school) => $"school-{school.SchoolId}";
}
