using Xunke.Streaming.Codecs.AccessUnits;

namespace Xunke.Streaming.Codecs;

/// <summary>
/// The parameter sets that a key frame is coded with. An encoder may send every set that it has ever used, so the slice
/// says which picture set counts, and that one which sequence set (ITU-T H.264 sections 7.3.3 and 7.3.2.2).
/// </summary>
internal readonly ref struct H264ActiveSets
{
    private const int LongestSet = 4096;

    private H264ActiveSets(ReadOnlySpan<byte> sequence, ReadOnlySpan<byte> picture)
    {
        Sequence = sequence;
        Picture = picture;
    }

    /// <summary>The sequence parameter set with its NAL header.</summary>
    public ReadOnlySpan<byte> Sequence { get; }

    /// <summary>The picture parameter set with its NAL header.</summary>
    public ReadOnlySpan<byte> Picture { get; }

    /// <summary>Finds the sets of an access unit.</summary>
    /// <param name="unit">In Annex B form with start codes of four bytes.</param>
    /// <returns>False when the unit does not bring what it is coded with.</returns>
    public static bool TryFind(ReadOnlySpan<byte> unit, out H264ActiveSets sets)
    {
        sets = default;
        var slice = FirstSlice(unit);
        // first_mb_in_slice, slice_type, pic_parameter_set_id
        var bits = new ExpGolombReader(slice.IsEmpty ? slice : slice[1..]);
        if (!bits.TryRead(out _) || !bits.TryRead(out _) || !bits.TryRead(out var pictureId))
        {
            return false;
        }

        var picture = Find(unit, H264Nal.PictureParameterSet, pictureId);
        bits = new ExpGolombReader(picture.IsEmpty ? picture : picture[1..]);
        // pic_parameter_set_id, seq_parameter_set_id
        if (!bits.TryRead(out _) || !bits.TryRead(out var sequenceId))
        {
            return false;
        }

        var sequence = Find(unit, H264Nal.SequenceParameterSet, sequenceId);
        sets = new H264ActiveSets(sequence, picture);
        return sequence.Length is > 3 and <= LongestSet && picture.Length <= LongestSet;
    }

    /// <summary>Finds the next NAL unit of an access unit in Annex B form with start codes of four bytes.</summary>
    /// <param name="rest">Starts with a start code; then what follows the NAL unit.</param>
    public static ReadOnlySpan<byte> NextNal(scoped ref ReadOnlySpan<byte> rest)
    {
        var content = rest[H264Depacketizer.StartCode.Length..];
        var end = content.IndexOf(H264Depacketizer.StartCode);
        rest = end < 0 ? [] : content[end..];
        return end < 0 ? content : content[..end];
    }

    private static ReadOnlySpan<byte> FirstSlice(ReadOnlySpan<byte> unit)
    {
        while (!unit.IsEmpty)
        {
            var nal = NextNal(ref unit);
            if (!nal.IsEmpty && H264Nal.IsSlice(H264Nal.TypeOf(nal[0])))
            {
                return nal;
            }
        }

        return [];
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> unit, int type, uint id)
    {
        ReadOnlySpan<byte> found = [];
        while (!unit.IsEmpty)
        {
            var nal = NextNal(ref unit);
            if (!nal.IsEmpty && H264Nal.TypeOf(nal[0]) == type && H264Nal.ParameterSetId(nal) == (int)id)
            {
                // The last one of a number replaces those before it.
                found = nal;
            }
        }

        return found;
    }
}
