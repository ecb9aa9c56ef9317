using Xunke.Analytics.Scheduling;

namespace Xunke.Actors.Lessons;

/// <summary>Asks for the stills of a room's lesson, one every so often. Not thread-safe.</summary>
/// <param name="roomId">The room.</param>
/// <param name="every">How often; zero: never.</param>
/// <param name="orders">Who makes them.</param>
/// <param name="time">The clock.</param>
internal sealed class StillOrders(string roomId, TimeSpan every, RoomOrders orders, TimeProvider time)
{
    private long? _askedAt;

    /// <summary>Asks for one where it is time. To be called while a lesson goes on only.</summary>
    /// <param name="spacing">How many times rarer than usual.</param>
    public void WantWhereDue(int spacing)
    {
        if (every > TimeSpan.Zero && (_askedAt is not { } at || time.GetElapsedTime(at) >= spacing * every))
        {
            _askedAt = time.GetTimestamp();
            orders.WantStill(roomId);
        }
    }

    /// <summary>The lesson is over, or another has begun: what was asked for is not wanted any more.</summary>
    public void Drop()
    {
        _askedAt = null;
        orders.DropStill(roomId);
    }
}
