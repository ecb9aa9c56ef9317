namespace Xunke.Streaming.Rooms;

/// <summary>
/// The newest packets of a track, by their 64-bit index, for retransmission and for taps. Memory is taken at the
/// first packet and given back by <see cref="Clear"/>.
/// </summary>
/// <param name="capacity">How many packets are kept; a power of two.</param>
internal sealed class PacketRing(int capacity)
{
    /// <summary>The longest packet kept, in bytes: what fits a datagram together with the longest SRTP tag.</summary>
    public const int MaxPacket = Transport.Network.Outbox.MaxDatagram - 16;

    private const long Empty = -1;

    private readonly long[] _indices = CreateIndices(capacity);
    private readonly ushort[] _lengths = new ushort[capacity];
    private readonly long[] _times = new long[capacity];
    private readonly PictureLayer[] _layers = new PictureLayer[capacity];
    private byte[] _bytes = [];

    /// <summary>How many packets are kept.</summary>
    public int Capacity => _indices.Length;

    /// <summary>Makes room for a packet in the place of an older one.</summary>
    /// <param name="index">0 or more.</param>
    /// <param name="length">At most <see cref="MaxPacket"/>.</param>
    /// <returns>Where to write it.</returns>
    public Span<byte> Add(long index, int length, long now)
    {
        if (_bytes.Length == 0)
        {
            _bytes = GC.AllocateUninitializedArray<byte>(Capacity * MaxPacket);
        }

        var slot = Slot(index);
        _indices[slot] = index;
        _lengths[slot] = (ushort)length;
        _times[slot] = now;
        _layers[slot] = PictureLayer.Base;
        return _bytes.AsSpan(slot * MaxPacket, length);
    }

    /// <summary>Notes that a packet has not come though a later one has.</summary>
    /// <param name="index">0 or more.</param>
    public void Miss(long index, long now)
    {
        _indices[Slot(index)] = Empty;
        _times[Slot(index)] = now;
    }

    /// <summary>When a packet, one of the newest, came; or when it was noticed that it had not.</summary>
    public long TimeOf(long index) => _times[Slot(index)];

    /// <summary>The place of a packet's picture among the stream's pictures; to be set after <see cref="Add"/>.</summary>
    /// <param name="index">A packet that is kept.</param>
    public ref PictureLayer LayerOf(long index) => ref _layers[Slot(index)];

    /// <summary>Finds a packet.</summary>
    public bool TryGet(long index, out ReadOnlySpan<byte> packet)
    {
        if (index < 0 || _indices[Slot(index)] != index)
        {
            packet = default;
            return false;
        }

        packet = _bytes.AsSpan(Slot(index) * MaxPacket, _lengths[Slot(index)]);
        return true;
    }

    /// <summary>Forgets all packets and gives their memory back.</summary>
    public void Clear()
    {
        if (_bytes.Length > 0)
        {
            _indices.AsSpan().Fill(Empty);
            _bytes = [];
        }
    }

    private static long[] CreateIndices(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(System.Numerics.BitOperations.IsPow2(capacity), true);
        var indices = new long[capacity];
        indices.AsSpan().Fill(Empty);
        return indices;
    }

    private int Slot(long index) => (int)index & (_indices.Length - 1);
}
