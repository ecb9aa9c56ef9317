namespace Xunke.Streaming.Client;

/// <summary>
/// The last packets of a stream as they went out, encrypted, so that a retransmission is the same bytes. A ring of
/// fixed memory: an old packet is forgotten when its place is needed.
/// </summary>
/// <param name="capacity">How many packets are kept, a power of two.</param>
internal sealed class SentPackets(int capacity)
{
    /// <summary>The longest packet kept, in bytes.</summary>
    public const int MaximumLength = 1280;

    private readonly byte[] _bytes = new byte[capacity * MaximumLength];
    private readonly int[] _lengths = new int[capacity];
    private readonly ushort[] _sequenceNumbers = new ushort[capacity];

    /// <summary>The place for the packet of a sequence number; write it there, then call <see cref="Keep"/>.</summary>
    public Span<byte> Place(ushort sequenceNumber) => _bytes.AsSpan(Slot(sequenceNumber) * MaximumLength, MaximumLength);

    /// <summary>Makes the packet in its place known.</summary>
    public void Keep(ushort sequenceNumber, int length)
    {
        _lengths[Slot(sequenceNumber)] = length;
        _sequenceNumbers[Slot(sequenceNumber)] = sequenceNumber;
    }

    /// <summary>The packet of a sequence number; empty when it is no longer kept.</summary>
    public ReadOnlySpan<byte> Find(ushort sequenceNumber)
    {
        var slot = Slot(sequenceNumber);
        return _sequenceNumbers[slot] == sequenceNumber ? _bytes.AsSpan(slot * MaximumLength, _lengths[slot]) : default;
    }

    private int Slot(ushort sequenceNumber) => sequenceNumber & (capacity - 1);
}
