namespace Xunke.Streaming.Codecs;

/// <summary>What the assembly of access units must know of H.264's NAL units (ITU-T H.264 section 7).</summary>
internal static class H264Nal
{
    public const int SliceLast = 5;
    public const int Idr = 5;
    public const int Sei = 6;
    public const int SequenceParameterSet = 7;
    public const int PictureParameterSet = 8;
    public const int AccessUnitDelimiter = 9;
    public const int FillerData = 12;
    public const int SingleLast = 23;

    private const int RecoveryPoint = 6;

    /// <summary>nal_unit_type of a NAL unit header.</summary>
    public static int TypeOf(byte header) => header & 0x1F;

    /// <summary>A coded slice or slice partition.</summary>
    public static bool IsSlice(int type) => type is >= 1 and <= SliceLast;

    /// <summary>Tells whether a NAL unit of this type, with this first byte of content, can open a picture.</summary>
    public static bool OpensPicture(int type, byte firstContent) => type switch
    {
        Sei or SequenceParameterSet or PictureParameterSet or AccessUnitDelimiter => true,
        // first_mb_in_slice is ue(v) and comes first: a set top bit means zero, the picture's first macroblock.
        1 or 2 or Idr => (firstContent & 0x80) != 0,
        _ => false,
    };

    /// <summary>Tells whether an SEI NAL unit carries a recovery point message (section D.1.8).</summary>
    public static bool HasRecoveryPoint(ReadOnlySpan<byte> nal)
    {
        var at = 1;
        // The last byte is the trailing bits, so a message needs at least two bytes before it.
        while (at + 2 < nal.Length)
        {
            if (!TryReadRunLength(nal, ref at, out var type) || !TryReadRunLength(nal, ref at, out var size))
            {
                return false;
            }

            if (type == RecoveryPoint)
            {
                return true;
            }

            at += size;
        }

        return false;
    }

    /// <summary>Reads the identifier of a parameter set.</summary>
    /// <returns>The identifier, or -1 when the unit is cut off or the identifier is out of range.</returns>
    public static int ParameterSetId(ReadOnlySpan<byte> nal)
    {
        // An SPS has profile, constraints and level before its identifier; a PPS begins with it.
        var isSequence = TypeOf(nal[0]) == SequenceParameterSet;
        var bits = new ExpGolombReader(nal[Math.Min(nal.Length, isSequence ? 4 : 1)..]);
        return bits.TryRead(out var id) && id <= (isSequence ? 31u : 255u) ? (int)id : -1;
    }

    private static bool TryReadRunLength(ReadOnlySpan<byte> nal, ref int at, out int value)
    {
        value = 0;
        while (at < nal.Length)
        {
            var part = nal[at++];
            value += part;
            if (part != 0xFF)
            {
                return true;
            }
        }

        return false;
    }
}
