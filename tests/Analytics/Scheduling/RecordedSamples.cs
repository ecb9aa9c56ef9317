using System.Collections.Concurrent;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Scheduling;
using Xunke.Analytics.Seats;

namespace Xunke.Tests.Analytics.Scheduling;

/// <summary>Keeps the samples in the order in which they came.</summary>
internal sealed class RecordedSamples : ISampleSink
{
    private readonly ConcurrentQueue<(string RoomId, BehaviourSample Sample)> _samples = new();

    private readonly ConcurrentQueue<(string RoomId, SeatMap Map)> _maps = new();

    public IReadOnlyList<(string RoomId, SeatMap Map)> Maps => [.. _maps];

    public IReadOnlyList<(string RoomId, BehaviourSample Sample)> All => [.. _samples];

    public int Count => _samples.Count;

    public void OnSample(string roomId, BehaviourSample sample) => _samples.Enqueue((roomId, sample));

    public void OnSeatMap(string roomId, SeatMap map) => _maps.Enqueue((roomId, map));
}
