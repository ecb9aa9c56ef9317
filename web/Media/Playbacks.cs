using System.Collections.Concurrent;
using Xunke.Actors.Visits;

namespace Xunke.Web.Media;

/// <summary>
/// What the visitors' browsers say of their pictures, summed by room since the server started: the server cannot see a
/// picture stand still on another's screen.
/// </summary>
internal sealed class Playbacks
{
    private readonly ConcurrentDictionary<string, Playback> _rooms = new(StringComparer.Ordinal);

    /// <summary>The sums of the rooms that have any, by room.</summary>
    public IReadOnlyDictionary<string, Playback> Rooms => _rooms;

    /// <summary>Adds what is new.</summary>
    /// <param name="roomId">A room on the books.</param>
    /// <param name="more">What is new.</param>
    public void Add(string roomId, Playback more) => _rooms.AddOrUpdate(
        roomId, more, (_, sum) => new Playback(sum.Freezes + more.Freezes, sum.FrozenSeconds + more.FrozenSeconds));
}
