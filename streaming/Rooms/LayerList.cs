using Xunke.Streaming.Sdp;

namespace Xunke.Streaming.Rooms;

/// <summary>What the layers of a room's video cost at present.</summary>
internal sealed class LayerList
{
    private readonly LayerOffer[] _offers = new LayerOffer[AcceptedLayers.Most + 1];
    private int _count;

    /// <summary>
    /// What a viewer can be given: the video tracks that are alive, the cheapest first, and before them the base pictures
    /// of the first, where its pictures come in temporal layers. The dearest is the best: neither the layers' names nor
    /// their order tell.
    /// </summary>
    public ReadOnlySpan<LayerOffer> Offers => _offers.AsSpan(0, _count);

    /// <summary>Nobody publishes any more.</summary>
    public void Clear() => _count = 0;

    /// <summary>Measures the tracks.</summary>
    public void Update(ReadOnlySpan<RoomTrack> tracks, long now)
    {
        _count = 0;
        for (var i = 0; i < tracks.Length; i++)
        {
            var rate = tracks[i].Rate;
            rate.Tick(now);
            tracks[i].UpperRate.Tick(now);
            if (rate.BitsPerSecond > 0)
            {
                _offers[_count++] = new LayerOffer(i, rate.BitsPerSecond);
            }
        }

        if (_count == 0)
        {
            return;
        }

        // At most three.
        _offers.AsSpan(0, _count).Sort(static (left, right) => left.BitsPerSecond.CompareTo(right.BitsPerSecond));
        var cheapest = _offers[0];
        var upper = tracks[cheapest.Index].UpperRate.BitsPerSecond;
        if (upper > 0 && upper < cheapest.BitsPerSecond)
        {
            _offers.AsSpan(0, _count++).CopyTo(_offers.AsSpan(1));
            _offers[0] = LayerOffer.OfBase(cheapest.Index, cheapest.BitsPerSecond - upper);
        }
    }
}
