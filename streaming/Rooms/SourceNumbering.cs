namespace Xunke.Streaming.Rooms;

/// <summary>
/// Which index of the room stands for which of the present source's packets. It is a shift that grows by one where
/// the room put in a packet of its own; old packets keep the shift of their time.
/// </summary>
internal sealed class SourceNumbering
{
    // At one inserted packet per key frame, far more than a ring of packets spans.
    private const int Kept = 8;

    private readonly (long First, long Shift)[] _pieces = new (long, long)[Kept];
    private int _count;

    /// <summary>The first packet of the source that counts.</summary>
    public long First { get; private set; }

    /// <summary>Another source begins.</summary>
    public void Restart(long sourceIndex, long roomIndex)
    {
        First = sourceIndex;
        _pieces[0] = (sourceIndex, roomIndex - sourceIndex);
        _count = 1;
    }

    /// <summary>From a packet of the source on, everything moves up by one.</summary>
    public void MoveUp(long sourceIndex)
    {
        var shift = _pieces[_count - 1].Shift + 1;
        if (_count == Kept)
        {
            _pieces.AsSpan(1).CopyTo(_pieces);
            _count--;
        }

        _pieces[_count++] = (sourceIndex, shift);
    }

    public long ToRoom(long sourceIndex)
    {
        var piece = _count - 1;
        while (piece > 0 && sourceIndex < _pieces[piece].First)
        {
            piece--;
        }

        return sourceIndex + _pieces[piece].Shift;
    }
}
