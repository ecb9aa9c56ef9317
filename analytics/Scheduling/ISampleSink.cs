using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Seats;
using Xunke.Analytics.Stills;

namespace Xunke.Analytics.Scheduling;

/// <summary>Where the scheduler hands each room's samples out.</summary>
public interface ISampleSink
{
    /// <summary>
    /// A room's newest sample. Called on an inference thread, for one room in order and never twice at once; for different
    /// rooms at once. It must return quickly: the thread's next picture waits for it.
    /// </summary>
    void OnSample(string roomId, BehaviourSample sample);

    /// <summary>A room's seat map was learnt, or learnt anew; a few times a lesson at most. Called as <see cref="OnSample"/> is.</summary>
    void OnSeatMap(string roomId, SeatMap map)
    {
        // Sinks that only count samples need no map.
    }

    /// <summary>A still that was asked for (<see cref="RoomOrders.WantStill"/>). Called as <see cref="OnSample"/> is.</summary>
    void OnStill(string roomId, Still still)
    {
        // Who asks for none gets none.
    }
}
