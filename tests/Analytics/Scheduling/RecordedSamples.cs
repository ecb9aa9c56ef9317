using System.Collections.Concurrent;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Scheduling;
using Xunke.Analytics.Seats;
using Xunke.Analytics.Stills;

namespace Xunke.Tests.Analytics.Scheduling;

/// <summary>Keeps the samples in the order in which they came.</summary>
internal sealed class RecordedSamples : ISampleSink
{
    private readonly ConcurrentQueue<(string RoomId, BehaviourSample Sample)> _samples = new();

    private readonly ConcurrentQueue<(string RoomId, SeatMap Map)> _maps = new();

    private readonly ConcurrentQueue<(string RoomId, Still Still)> _stills = new();

    public IReadOnlyList<(string RoomId, Still Still)> Stills => [.. _stills];

    public IReadOnlyList<(string RoomId, SeatMap Map)> Maps => [.. _maps];

    public IReadOnlyList<(string RoomId, BehaviourSample Sample)> All => [.. _samples];

    public int Count => _samples.Count;

    public void OnSample(string roomId, BehaviourSample sample) => _samples.Enqueue((roomId, sample));

    public void OnSeatMap(string roomId, SeatMap map) => _maps.Enqueue((roomId, map));

    public void OnStill(string roomId, Still still) => _stills.Enqueue((roomId, still));
}
