using System.Collections.Frozen;
using System.Collections.Immutable;
using Xunke.Actors.Live;
using Xunke.Web.Schools;

namespace Xunke.Web.Live;

/// <summary>The newest view of everything: the actors write, the connections' pumps read. It holds one view a room, whoever reads it.</summary>
internal sealed class LiveBoard : ILiveViewSink
{
    private FrozenDictionary<string, LiveSlot<RoomView>> _rooms = FrozenDictionary<string, LiveSlot<RoomView>>.Empty;
    private FrozenDictionary<string, ImmutableArray<LiveSlot<RoomView>>> _schools =
        FrozenDictionary<string, ImmutableArray<LiveSlot<RoomView>>>.Empty;

    /// <summary>The district's wall.</summary>
    public LiveSlot<DistrictView> District { get; } = new();

    /// <summary>Lays out one place a room; called once, before the first view.</summary>
    public void LayOut(IEnumerable<SchoolEntry> schools)
    {
        var rooms = new Dictionary<string, LiveSlot<RoomView>>(StringComparer.Ordinal);
        var bySchool = new Dictionary<string, ImmutableArray<LiveSlot<RoomView>>>(StringComparer.Ordinal);
        foreach (SchoolEntry school in schools)
        {
            foreach (RoomEntry room in school.Rooms)
            {
                rooms.Add(room.RoomId, new LiveSlot<RoomView>());
            }

            bySchool.Add(school.SchoolId, [.. school.Rooms.Select(room => rooms[room.RoomId])]);
        }

        _rooms = rooms.ToFrozenDictionary(StringComparer.Ordinal);
        _schools = bySchool.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The place of a room that is on the books.</summary>
    public LiveSlot<RoomView> Room(string roomId) => _rooms[roomId];

    /// <summary>The places of all rooms of a school that is on the books.</summary>
    public ImmutableArray<LiveSlot<RoomView>> School(string schoolId) => _schools[schoolId];

    /// <inheritdoc />
    public void Publish(RoomView view)
    {
        if (_rooms.TryGetValue(view.RoomId, out LiveSlot<RoomView>? slot))
        {
            slot.Offer(view, view.Sequence);
        }
    }

    /// <inheritdoc />
    public void Publish(SchoolView view)
    {
        // Nobody watches a school's sum by itself: the district's view carries every school's.
    }

    /// <inheritdoc />
    public void Publish(DistrictView view) => District.Offer(view, view.Sequence);
}
