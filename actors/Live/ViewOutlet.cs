namespace Xunke.Actors.Live;

/// <summary>Where views go, and how often.</summary>
/// <param name="Sink">Gets them.</param>
/// <param name="Interval">Shortest time between two of the same place.</param>
/// <param name="Time">The clock.</param>
internal sealed record ViewOutlet(ILiveViewSink Sink, TimeSpan Interval, TimeProvider Time);
