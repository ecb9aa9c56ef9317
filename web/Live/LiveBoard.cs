using System.Collections.Frozen;
using System.Collections.Immutable;
using Xunke.Actors.Live;
using Xunke.Web.Changes;
using Xunke.Web.Schools;

namespace Xunke.Web.Live;

/// <summary>The newest view of everything: the actors write, the connections' pumps read. It holds one view a room, whoever reads
/// it.</summary>
internal sealed class LiveBoard : ILiveViewSink
{
    private volatile FrozenDictionary<string, LiveSlot<RoomView>> _rooms = FrozenDictionary<string, LiveSlot<RoomView>>.Empty;
    private volatile FrozenDictionary<string, ImmutableArray<LiveSlot<RoomView>>> _schools =
        FrozenDictionary<string, ImmutableArray<LiveSlot<RoomView>>>.Empty;

    /// <summary>What has changed beside the views.</summary>
    public ChangeBoard Changes { get; } = new();

    /// <summary>The district's wall.</summary>
    public LiveSlot<DistrictView> District { get; } = new();

    /// <summary>Grows with every layout.</summary>
    public int Layout { get; private set; }

    /// <summary>Lays out one place a room: the one that it had, with what is in it, or a new one.</summary>
    public void LayOut(IEnumerable<SchoolEntry> schools)
    {
        var rooms = new Dictionary<string, LiveSlot<RoomView>>(StringComparer.Ordinal);
        var bySchool = new Dictionary<string, ImmutableArray<LiveSlot<RoomView>>>(StringComparer.Ordinal);
        foreach (SchoolEntry school in schools)
        {
            foreach (RoomEntry room in school.Rooms)
            {
                rooms.Add(room.RoomId, FindRoom(room.RoomId) ?? new LiveSlot<RoomView>());
            }

            bySchool.Add(school.SchoolId, [.. school.Rooms.Select(room => rooms[room.RoomId])]);
        }

        _rooms = rooms.ToFrozenDictionary(StringComparer.Ordinal);
        _schools = bySchool.ToFrozenDictionary(StringComparer.Ordinal);
        Layout++;
    }

    /// <summary>The place of a room, or null.</summary>
    public LiveSlot<RoomView>? FindRoom(string roomId) => _rooms.GetValueOrDefault(roomId);

    /// <summary>The places of all rooms of a school; none where it is not on the books.</summary>
    public ImmutableArray<LiveSlot<RoomView>> School(string schoolId) => _schools.GetValueOrDefault(schoolId, []);

    /// <inheritdoc />
    public void Publish(RoomView view)
    {
        if (_rooms.TryGetValue(view.RoomId, out LiveSlot<RoomView>? slot))
        {
            ClassroomState? before = slot.Newest?.View.State;
            slot.Offer(view, view.Sequence);
            if (before != view.State)
            {
                // A camera is listed with the state of its room.
                Changes.Raise(Topic.Cameras, view.SchoolId);
            }
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
