using System.Collections.Frozen;
using System.Collections.Immutable;
using Xunke.Actors.Alerts;
using Xunke.Actors.Classrooms;
using Xunke.Actors.District;
using Xunke.Actors.Hosting;
using Xunke.Actors.Lessons;
using Xunke.Actors.Live;
using Xunke.Actors.Messaging;
using Xunke.Actors.Publishers;
using Xunke.Actors.Recordings;
using Xunke.Actors.Schools;
using Xunke.Actors.Visits;

namespace Xunke.Actors;

/// <summary>
/// The rooms, the schools and the district, each an actor that is found by its id. They stand side by side: Akka holds the
/// children of an actor that fails, and no room may stop for its school.
/// </summary>
internal sealed class ActorTree
{
    private volatile Books _books;

    private ActorTree(
        ActorHost host, Books books, ClassroomServices services, RoomActivityServices? activities, AlertServices? alerts)
    {
        _books = books;
        var outlet = new ViewOutlet(services.Views, services.Settings.ViewInterval, services.Time);
        Rooms = host.Entities<RoomMessage>("room", id => RoomActor.Props(
            id, () => _books.Rooms[id], ClassroomActor.Props(() => _books.Rooms[id], Schools!, services), services.Time, activities));
        Schools = host.Entities<SchoolMessage>(
            "school", id => SchoolActor.Props(() => _books.Schools[id], District!, Rooms, outlet, alerts));
        District = host.Entities<DistrictMessage>("district", _ => DistrictActor.Props(() => _books.All, Schools, outlet));
    }

    /// <summary>The mailboxes that the actors need.</summary>
    public static IReadOnlyList<MailboxBound> Mailboxes { get; } =
    [
        DistrictActor.Mailbox, SchoolActor.Mailbox, RoomActor.Mailbox, ClassroomActor.Mailbox, VisitActor.Mailbox, RecordingActor.Mailbox,
        PublisherActor.Mailbox, LessonActor.Mailbox, AlertsActor.Mailbox,
    ];

    /// <summary>The rooms; only those that are on the books may be told anything.</summary>
    public Entities<RoomMessage> Rooms { get; }

    /// <summary>The schools; only those that are on the books may be told anything.</summary>
    public Entities<SchoolMessage> Schools { get; }

    /// <summary>The district, whose id is <see cref="DistrictMessage.OnlyId"/>.</summary>
    public Entities<DistrictMessage> District { get; }

    /// <summary>Makes the actors.</summary>
    /// <exception cref="ArgumentException">A school or room is on the books twice.</exception>
    public static ActorTree Grow(
        ActorHost host, ImmutableArray<SchoolRegistration> books, ClassroomServices services, RoomActivityServices? activities = null,
        AlertServices? alerts = null)
    {
        var tree = new ActorTree(host, Books.Of(books), services, activities, alerts);
        tree.Start();
        return tree;
    }

    /// <summary>A room on the books, or null.</summary>
    public RoomRegistration? FindRoom(string roomId) => _books.Rooms.GetValueOrDefault(roomId);

    /// <summary>The rooms on the books.</summary>
    public IEnumerable<string> RoomIds => _books.Rooms.Keys;

    /// <summary>Whether a school is on the books.</summary>
    public bool HasSchool(string schoolId) => _books.Schools.ContainsKey(schoolId);

    /// <summary>Takes over what the books say now: new rooms and schools begin, the others are told. A room that is gone is no longer
    /// shown.</summary>
    /// <exception cref="ArgumentException">A school or room is on the books twice.</exception>
    public void Register(ImmutableArray<SchoolRegistration> books)
    {
        var before = _books;
        _books = Books.Of(books);
        District.Tell(DistrictMessage.OnlyId, new DistrictRegistered(books));
        foreach (var school in books)
        {
            Schools.Tell(school.SchoolId, new SchoolRegistered(school));
            foreach (var room in school.Rooms.Where(room => before.Rooms.GetValueOrDefault(room.RoomId) != room))
            {
                Rooms.Tell(room.RoomId, new RoomRegistered(room));
            }
        }
    }

    private void Start()
    {
        District.Start(DistrictMessage.OnlyId);
        foreach (var school in _books.All)
        {
            Schools.Start(school.SchoolId);
            foreach (var room in school.Rooms)
            {
                Rooms.Start(room.RoomId);
            }
        }
    }

    /// <summary>What the books say.</summary>
    private sealed record Books(
        ImmutableArray<SchoolRegistration> All, FrozenDictionary<string, SchoolRegistration> Schools,
        FrozenDictionary<string, RoomRegistration> Rooms)
    {
        public static Books Of(ImmutableArray<SchoolRegistration> all) => new(
            all,
            all.ToFrozenDictionary(school => school.SchoolId, StringComparer.Ordinal),
            all.SelectMany(school => school.Rooms).ToFrozenDictionary(room => room.RoomId, StringComparer.Ordinal));
    }
}
