using Xunke.Actors.Live;
using Xunke.Web.Changes;

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

    /// <summary>Something that the browser follows has changed: it may ask for it again.</summary>
    /// <param name="topic">What.</param>
    /// <param name="scope">The school's or room's id; empty for the district.</param>
    Task Changed(Topic topic, string scope);
}
