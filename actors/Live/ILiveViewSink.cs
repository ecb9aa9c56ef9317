namespace Xunke.Actors.Live;

/// <summary>
/// Where the actors hand their views out; the web implements it. Calls come from many actors at once, must not block,
/// and must keep only the newest view of each room, school and district.
/// </summary>
public interface ILiveViewSink
{
    /// <summary>A room's newest view.</summary>
    void Publish(RoomView view);

    /// <summary>A school's newest view, at most once a second.</summary>
    void Publish(SchoolView view);

    /// <summary>The district's newest view, at most once a second.</summary>
    void Publish(DistrictView view);
}
