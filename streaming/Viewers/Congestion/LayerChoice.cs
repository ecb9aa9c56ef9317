using Xunke.Streaming.Rooms;

namespace Xunke.Streaming.Viewers.Congestion;

/// <summary>
/// Which layer of the video a viewer should get, or none. It goes down as soon as the path is found overloaded, and up
/// only when the path has come to rest and a measurement shows that the better layer fits: in between it asks for such
/// measurements. Measurements and steps up come more and more seldom while they disappoint. Times are in microseconds.
/// </summary>
internal sealed class LayerChoice
{
    /// <summary>The choice of no video.</summary>
    public const int Paused = -1;

    // Pictures vary, and retransmissions come on top: a better layer must fit with some room.
    private const double Margin = 1.15;

    // Two layers that cost about the same are not worth a key frame.
    private const double WorthAStep = 1.3;
    private const long FirstProbe = 3_000_000;
    private const long LongestProbe = 30_000_000;

    // While a queue drains, what comes out of it in a fifth of a second says little of what the path carries.
    private const long Settling = 2_000_000;

    // An overload so soon after a step up says that the measurement was wrong.
    private const long StepOnTrial = 10_000_000;

    private long _overloads;
    private long _probeInterval = FirstProbe;
    private long _nextProbe;
    private long _nextStepUp;
    private long _steppedUpAt = long.MinValue / 2;

    /// <summary>A layer's index, or <see cref="Paused"/>.</summary>
    public int Current { get; set; }

    /// <summary>Looks at what there is and what is known.</summary>
    /// <param name="layers">The layers that are alive, the cheapest first; not empty.</param>
    /// <param name="sound">The bits per second of the sound beside it.</param>
    /// <returns>Whether the present layer is too much, so that it must end at once.</returns>
    public bool Update(ReadOnlySpan<LayerOffer> layers, long sound, PathEstimate estimate, long now)
    {
        if (estimate.Overloads != _overloads)
        {
            _overloads = estimate.Overloads;
            _nextStepUp = Math.Max(_nextStepUp, now + Settling);
            var fitting = Fitting(layers, (estimate.BitsPerSecond ?? long.MaxValue) - sound, 1);
            if (CostOf(layers, fitting) < CostOf(layers, Current))
            {
                StepDown(fitting, now);
                return true;
            }

            return false;
        }

        var better = estimate.BitsPerSecond is { } limit ? Fitting(layers, limit - sound, Margin) : layers[^1].Index;
        var isGone = CostOf(layers, Current) < 0;
        if (isGone || (now >= _nextStepUp && CostOf(layers, better) > WorthAStep * CostOf(layers, Current)))
        {
            Current = better;
            _steppedUpAt = now;
        }

        return false;
    }

    /// <summary>Tells whether a train of padding should measure the path now, and how much it must carry for the next layer.</summary>
    /// <param name="bitsPerSecond">What the next layer needs in all.</param>
    public bool TryTakeProbe(ReadOnlySpan<LayerOffer> layers, long sound, long now, out long bitsPerSecond)
    {
        bitsPerSecond = 0;
        if (now < _nextProbe)
        {
            return false;
        }

        var cost = CostOf(layers, Current);
        foreach (var layer in layers)
        {
            if (layer.BitsPerSecond > cost)
            {
                bitsPerSecond = (long)(layer.BitsPerSecond * Margin) + sound;
                _nextProbe = now + _probeInterval;
                _probeInterval = Math.Min(LongestProbe, 2 * _probeInterval);
                return true;
            }
        }

        return false;
    }

    private void StepDown(int layer, long now)
    {
        _probeInterval = now - _steppedUpAt < StepOnTrial ? Math.Min(LongestProbe, 2 * _probeInterval) : FirstProbe;
        _nextProbe = _nextStepUp = now + _probeInterval;
        Current = layer;
    }

    private static int Fitting(ReadOnlySpan<LayerOffer> layers, long limit, double margin)
    {
        var fitting = Paused;
        foreach (var layer in layers)
        {
            fitting = layer.BitsPerSecond * margin <= limit ? layer.Index : fitting;
        }

        return fitting;
    }

    // A layer that is gone costs nothing, as a pause does: whatever lives is better.
    private static long CostOf(ReadOnlySpan<LayerOffer> layers, int index)
    {
        foreach (var layer in layers)
        {
            if (layer.Index == index)
            {
                return layer.BitsPerSecond;
            }
        }

        return index == Paused ? 0 : -1;
    }
}
