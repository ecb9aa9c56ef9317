namespace Xunke.Streaming.Codecs;

/// <summary>What a container must say of an H.264 sequence parameter set (ITU-T H.264 section 7.3.2.1.1).</summary>
/// <param name="Width">Of the picture after cropping, in pixels.</param>
/// <param name="Height">Of the picture after cropping, in pixels.</param>
/// <param name="ChromaFormat">chroma_format_idc, 0 to 3; 1 is 4:2:0.</param>
/// <param name="LumaDepth">bit_depth_luma_minus8.</param>
/// <param name="ChromaDepth">bit_depth_chroma_minus8.</param>
internal readonly record struct H264SequenceParameters(int Width, int Height, int ChromaFormat, int LumaDepth, int ChromaDepth)
{
    private const int LargestSide = 16_384;

    /// <summary>Reads a sequence parameter set.</summary>
    /// <returns>False when it is cut off or makes no sense.</returns>
    public static bool TryRead(ReadOnlySpan<byte> nal, out H264SequenceParameters parameters)
    {
        parameters = default;
        if (nal.Length < 5)
        {
            return false;
        }

        Span<byte> plain = stackalloc byte[256];
        var length = RemoveEmulationPrevention(nal[4..], plain);
        var bits = new ExpGolombReader(plain[..length]);
        if (!bits.TryRead(out _) || !TryReadFormat(nal[1], ref bits, out var format) || !TrySkipOrder(ref bits))
        {
            return false;
        }

        if (!bits.TryRead(out _) || !bits.TryReadBits(1, out _) // max_num_ref_frames, gaps_in_frame_num_value_allowed_flag
            || !bits.TryRead(out var widthInMacroblocks) || !bits.TryRead(out var heightInUnits) || !bits.TryReadBits(1, out var framesOnly)
            || (framesOnly == 0 && !bits.TryReadBits(1, out _)) // mb_adaptive_frame_field_flag
            || !bits.TryReadBits(1, out _) || !bits.TryReadBits(1, out var cropped)) // direct_8x8_inference_flag, frame_cropping_flag
        {
            return false;
        }

        uint left = 0, right = 0, top = 0, bottom = 0;
        if (cropped != 0 && !(bits.TryRead(out left) && bits.TryRead(out right) && bits.TryRead(out top) && bits.TryRead(out bottom)))
        {
            return false;
        }

        // Table 6-1: cropping counts in chroma samples, and in fields where pictures are interlaced.
        var (unitX, unitY) = format.Chroma switch { 1 => (2, 2), 2 => (2, 1), _ => (1, 1) };
        unitY *= 2 - (int)framesOnly;
        var width = (16L * (widthInMacroblocks + 1)) - (unitX * ((long)left + right));
        var height = (16L * (2 - framesOnly) * (heightInUnits + 1)) - (unitY * ((long)top + bottom));
        if (width is < 1 or > LargestSide || height is < 1 or > LargestSide)
        {
            return false;
        }

        parameters = new H264SequenceParameters((int)width, (int)height, (int)format.Chroma, (int)format.Luma, (int)format.ChromaDepth);
        return true;
    }

    private static bool TryReadFormat(byte profile, ref ExpGolombReader bits, out (uint Chroma, uint Luma, uint ChromaDepth) format)
    {
        format = (1, 0, 0);
        if (profile is not (100 or 110 or 122 or 244 or 44 or 83 or 86 or 118 or 128 or 138 or 139 or 134 or 135))
        {
            return true;
        }

        if (!bits.TryRead(out format.Chroma) || (format.Chroma == 3 && !bits.TryReadBits(1, out _))
            || !bits.TryRead(out format.Luma) || !bits.TryRead(out format.ChromaDepth)
            || !bits.TryReadBits(1, out _) || !bits.TryReadBits(1, out var hasScaling)) // qpprime_y_zero_transform_bypass_flag
        {
            return false;
        }

        for (var list = 0; hasScaling != 0 && list < (format.Chroma == 3 ? 12 : 8); list++)
        {
            if (!bits.TryReadBits(1, out var present) || (present != 0 && !TrySkipScalingList(ref bits, list < 6 ? 16 : 64)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Section 7.3.2.1.1.1: the list ends where the next scale would be zero.</summary>
    private static bool TrySkipScalingList(ref ExpGolombReader bits, int size)
    {
        var scale = 8;
        for (var i = 0; i < size && scale != 0; i++)
        {
            if (!bits.TryReadSigned(out var delta))
            {
                return false;
            }

            scale = (scale + delta + 256) & 0xFF;
        }

        return true;
    }

    private static bool TrySkipOrder(ref ExpGolombReader bits)
    {
        if (!bits.TryRead(out _) || !bits.TryRead(out var type)) // log2_max_frame_num_minus4, pic_order_cnt_type
        {
            return false;
        }

        if (type == 0)
        {
            return bits.TryRead(out _);
        }

        if (type != 1)
        {
            return true;
        }

        if (!bits.TryReadBits(1, out _) || !bits.TryReadSigned(out _)
            || !bits.TryReadSigned(out _) || !bits.TryRead(out var count) || count > 255)
        {
            return false;
        }

        for (; count > 0; count--)
        {
            if (!bits.TryReadSigned(out _))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Section 7.4.1.1: 00 00 03 stands for 00 00. What does not fit lies behind what is asked for.</summary>
    private static int RemoveEmulationPrevention(ReadOnlySpan<byte> coded, Span<byte> plain)
    {
        var length = 0;
        var zeros = 0;
        foreach (var one in coded)
        {
            if (zeros >= 2 && one == 3)
            {
                zeros = 0;
                continue;
            }

            if (length == plain.Length)
            {
                break;
            }

            zeros = one == 0 ? zeros + 1 : 0;
            plain[length++] = one;
        }

        return length;
    }
}
