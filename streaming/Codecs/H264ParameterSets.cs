using Xunke.Streaming.Codecs.AccessUnits;

namespace Xunke.Streaming.Codecs;

/// <summary>
/// The newest parameter sets of a stream by identifier, in Annex B form. A publisher may send them once and then
/// only key frames that lean on them; with these a decoder can start at any such key frame.
/// </summary>
internal sealed class H264ParameterSets
{
    private const int MostSets = 32;
    private const int LongestSet = 4096;
    private readonly SortedList<int, byte[]> _sequence = [];
    private readonly SortedList<int, byte[]> _picture = [];

    /// <summary>At least one of each kind is known, without which nothing decodes.</summary>
    public bool AreComplete => _sequence.Count > 0 && _picture.Count > 0;

    /// <summary>Keeps a parameter set; one that is unreadable, too long or one too many is passed over.</summary>
    /// <param name="nal">The NAL unit with its header, of type 7 or 8.</param>
    public void Keep(ReadOnlySpan<byte> nal)
    {
        var sets = H264Nal.TypeOf(nal[0]) == H264Nal.SequenceParameterSet ? _sequence : _picture;
        var id = H264Nal.ParameterSetId(nal);
        if (id < 0 || nal.Length > LongestSet)
        {
            return;
        }

        if (sets.TryGetValue(id, out var known))
        {
            if (!nal.SequenceEqual(known.AsSpan(H264Depacketizer.StartCode.Length)))
            {
                sets[id] = [.. H264Depacketizer.StartCode, .. nal];
            }
        }
        else if (sets.Count < MostSets)
        {
            sets.Add(id, [.. H264Depacketizer.StartCode, .. nal]);
        }
    }

    /// <summary>Puts all known sets before a unit's data.</summary>
    public void PrependTo(AccessUnit unit)
    {
        foreach (var set in _picture.Values)
        {
            unit.Prepend(set);
        }

        foreach (var set in _sequence.Values)
        {
            unit.Prepend(set);
        }
    }
}
