using System.Collections.Frozen;
using System.Collections.Immutable;
using Xunke.Actors.Classrooms;
using Xunke.Actors.District;
using Xunke.Actors.Kernel;
using Xunke.Actors.Live;
using Xunke.Actors.Schools;

namespace Xunke.Actors;

/// <summary>The district's actor and, for finding them by id, those below it.</summary>
/// <param name="District">The district.</param>
/// <param name="Schools">Its schools by id.</param>
/// <param name="Rooms">Their rooms by id.</param>
/// <param name="SchoolOfRoom">School ids by room id.</param>
internal sealed record ActorTree(
    ActorRef<DistrictMessage> District,
    FrozenDictionary<string, ActorRef<SchoolMessage>> Schools,
    FrozenDictionary<string, ActorRef<ClassroomMessage>> Rooms,
    FrozenDictionary<string, string> SchoolOfRoom)
{
    /// <summary>Spawns the district and waits until every school has spawned its rooms.</summary>
    /// <exception cref="ArgumentException">A school or room is on the books twice.</exception>
    public static async Task<ActorTree> GrowAsync(
        ActorSystem system, IReadOnlyList<SchoolRegistration> schools, ClassroomServices services, TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var schoolOfRoom = schools.SelectMany(school => school.Rooms).ToDictionary(
            room => room.RoomId, room => room.SchoolId, StringComparer.Ordinal);
        var district = system.Spawn("district", DistrictActor.Props(schools, services));
        var schoolActors = await district.AskAsync<DistrictMessage, ImmutableDictionary<string, ActorRef<SchoolMessage>>>(
            reply => new GetSchoolActors(reply), timeout, cancellationToken).ConfigureAwait(false);
        var rooms = new Dictionary<string, ActorRef<ClassroomMessage>>(StringComparer.Ordinal);
        foreach (var school in schoolActors.Values)
        {
            var roomActors = await school.AskAsync<SchoolMessage, ImmutableDictionary<string, ActorRef<ClassroomMessage>>>(
                reply => new GetRoomActors(reply), timeout, cancellationToken).ConfigureAwait(false);
            foreach (var (roomId, room) in roomActors)
            {
                rooms.Add(roomId, room);
            }
        }

        return new ActorTree(
            district, schoolActors.ToFrozenDictionary(StringComparer.Ordinal), rooms.ToFrozenDictionary(StringComparer.Ordinal),
            schoolOfRoom.ToFrozenDictionary(StringComparer.Ordinal));
    }
}
