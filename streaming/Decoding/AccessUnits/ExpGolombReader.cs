namespace Xunke.Streaming.Decoding.AccessUnits;

/// <summary>Reads unsigned Exp-Golomb codes, ue(v) of ITU-T H.264 section 9.1.</summary>
/// <param name="data">Where to read; the first code begins at the top bit of the first byte.</param>
internal ref struct ExpGolombReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _bit;

    /// <summary>Reads one code.</summary>
    /// <param name="value">The value.</param>
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
