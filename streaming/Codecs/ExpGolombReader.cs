namespace Xunke.Streaming.Codecs;

/// <summary>Reads the bit fields and Exp-Golomb codes of parameter sets: u(n), ue(v) and se(v) of ITU-T H.264 sections 7.2 and
/// 9.1.</summary>
/// <param name="data">Where to read; the first code begins at the top bit of the first byte.</param>
internal ref struct ExpGolombReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _bit;

    /// <summary>Reads one code.</summary>
    /// <returns>False when the data ends first or the code is longer than 32 bits.</returns>
    public bool TryRead(out uint value)
    {
        value = 0;
        var zeros = 0;
        bool set;
        while (TryReadBit(out set) && !set)
        {
            zeros++;
        }

        if (!set || zeros > 16)
        {
            return false;
        }

        value = 1;
        for (var i = 0; i < zeros; i++)
        {
            if (!TryReadBit(out set))
            {
                return false;
            }

            value = (value << 1) | (set ? 1u : 0u);
        }

        value--;
        return true;
    }

    /// <summary>Reads a signed code, se(v): 0, 1, -1, 2, -2 and so on.</summary>
    /// <returns>False as for <see cref="TryRead"/>.</returns>
    public bool TryReadSigned(out int value)
    {
        var read = TryRead(out var code);
        value = (code & 1) == 0 ? -(int)(code / 2) : (int)((code + 1) / 2);
        return read;
    }

    /// <summary>Reads a number of so many bits, u(n).</summary>
    /// <param name="count">1 to 32.</param>
    /// <returns>False when the data ends first.</returns>
    public bool TryReadBits(int count, out uint value)
    {
        value = 0;
        for (; count > 0; count--)
        {
            if (!TryReadBit(out var set))
            {
                return false;
            }

            value = (value << 1) | (set ? 1u : 0u);
        }

        return true;
    }

    private bool TryReadBit(out bool set)
    {
        set = false;
        if (_bit >= _data.Length * 8)
        {
            return false;
        }

        set = (_data[_bit / 8] & (0x80 >> (_bit % 8))) != 0;
        _bit++;
        return true;
    }
}
