using System.Buffers.Binary;

namespace Xunke.Streaming.Codecs;

/// <summary>
/// The newest H.264 parameter sets of a source, from its SDP and its packets, ready to be sent as one packet.
/// Allocates only when a set changes.
/// </summary>
internal sealed class ParameterSetCache
{
    private const byte StapA = 24;
    private const int MostSets = 8;
    private const int LongestAggregate = 1000;

    private readonly SortedList<int, byte[]> _sequence = [];
    private readonly SortedList<int, byte[]> _picture = [];

    /// <summary>All sets as the payload of a STAP-A packet (RFC 6184 5.7.1); empty while a kind is missing.</summary>
    public ReadOnlyMemory<byte> Aggregate { get; private set; }

    /// <summary>Takes the sets of an SDP's <c>sprop-parameter-sets</c> (RFC 6184 8.1); what is not base64 is passed over.</summary>
    public void Read(string parameterSets)
    {
        foreach (var text in parameterSets.Split(',', 2 * MostSets, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var nal = new byte[text.Length];
            if (Convert.TryFromBase64String(text, nal, out var length))
            {
                Keep(nal.AsSpan(0, length));
            }
        }
    }

    /// <summary>Takes the sets that a packet holds.</summary>
    /// <returns>Whether a sequence parameter set, with which a key frame begins, was among them.</returns>
    public bool Read(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty || H264Nal.TypeOf(payload[0]) != StapA)
        {
            return Keep(payload);
        }

        var sequence = false;
        for (var rest = payload[1..]; rest.Length > 2;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest);
            if (length > rest.Length - 2)
            {
                break;
            }

            sequence |= Keep(rest.Slice(2, length));
            rest = rest[(2 + length)..];
        }

        return sequence;
    }

    private bool Keep(ReadOnlySpan<byte> nal)
    {
        var type = nal.Length < 2 ? 0 : H264Nal.TypeOf(nal[0]);
        if (type is not (H264Nal.SequenceParameterSet or H264Nal.PictureParameterSet))
        {
            return false;
        }

        var sets = type == H264Nal.SequenceParameterSet ? _sequence : _picture;
        var id = H264Nal.ParameterSetId(nal);
        var known = sets.TryGetValue(id, out var old);
        if (id >= 0 && (known ? !nal.SequenceEqual(old) : sets.Count < MostSets))
        {
            sets[id] = nal.ToArray();
            Join();
        }

        return type == H264Nal.SequenceParameterSet;
    }

    private void Join()
    {
        var length = 1 + _sequence.Values.Concat(_picture.Values).Sum(set => 2 + set.Length);
        if (_sequence.Count == 0 || _picture.Count == 0 || length > LongestAggregate)
        {
            Aggregate = default;
            return;
        }

        // Sets of which none may be lost: the highest importance, nal_ref_idc 3.
        List<byte> aggregate = [0x60 | StapA];
        foreach (var set in _sequence.Values.Concat(_picture.Values))
        {
            aggregate.AddRange([(byte)(set.Length >> 8), (byte)set.Length]);
            aggregate.AddRange(set);
        }

        Aggregate = aggregate.ToArray();
    }
}
