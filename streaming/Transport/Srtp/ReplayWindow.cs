namespace Xunke.Streaming.Transport.Srtp;

/// <summary>
/// Remembers which of the last <see cref="Size"/> packet indices have been seen (RFC 3711 section 3.3.2), as a ring
/// of bits (RFC 6479). Retransmissions asked for by NACK come late, so it is wider than the 64 that the RFC demands.
/// </summary>
internal sealed class ReplayWindow
{
    /// <summary>How far behind the highest index a packet may be.</summary>
    public const int Size = (Words - 1) * BitsPerWord;

    private const int BitsPerWord = 64;

    // One word more than the window, so that the word being entered can be cleared as a whole.
    private const int Words = 17;

    private readonly ulong[] _seen = new ulong[Words];

    /// <summary>The highest index seen; meaningful once <see cref="IsEmpty"/> is false.</summary>
    public ulong Highest { get; private set; }

    public bool IsEmpty { get; private set; } = true;

    /// <summary>True when the index is neither seen nor too old.</summary>
    public bool Accepts(ulong index)
    {
        if (IsEmpty || index > Highest)
        {
            return true;
        }

        return Highest - index < Size && (_seen[WordOf(index)] & BitOf(index)) == 0;
    }

    /// <summary>Marks an index that <see cref="Accepts"/> let pass and whose packet proved authentic.</summary>
    public void Mark(ulong index)
    {
        if (IsEmpty || index > Highest)
        {
            var entered = IsEmpty ? 0 : (index / BitsPerWord) - (Highest / BitsPerWord);
            for (ulong step = 0; step < Math.Min(entered, Words); step++)
            {
                _seen[((index / BitsPerWord) - step) % Words] = 0;
            }

            Highest = index;
            IsEmpty = false;
        }

        _seen[WordOf(index)] |= BitOf(index);
    }

    private static int WordOf(ulong index) => (int)(index / BitsPerWord % Words);

    private static ulong BitOf(ulong index) => 1UL << (int)(index % BitsPerWord);
}
