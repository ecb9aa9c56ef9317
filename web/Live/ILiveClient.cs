using Xunke.Actors.Live;

namespace Xunke.Web.Live;

/// <summary>What the hub tells a browser. Every view is complete: it replaces the one before it.</summary>
public interface ILiveClient
{
    /// <summary>The district's newest view.</summary>
    Task District(SharedView<DistrictView> view);

    /// <summary>The newest views of those rooms of a school that have changed.</summary>
    Task Rooms(string schoolId, IReadOnlyList<SharedView<RoomView>> changed);

    /// <summary>The newest view of one room.</summary>
    Task Room(SharedView<RoomView> view);
}
