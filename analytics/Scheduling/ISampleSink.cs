using Xunke.Analytics.Behaviours;

namespace Xunke.Analytics.Scheduling;

/// <summary>Where the scheduler hands each room's samples out.</summary>
public interface ISampleSink
{
    /// <summary>
    /// A room's newest sample. Called on an inference thread, for one room in order and never twice at once; for different
    /// rooms at once. It must return quickly: the thread's next picture waits for it.
    /// </summary>
    void OnSample(string roomId, BehaviourSample sample);
}
