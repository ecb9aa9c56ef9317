using Xunke.Streaming.Rtp;

namespace Xunke.Streaming.Viewers.Congestion;

/// <summary>
/// The newest packets sent on a path, by their transport-wide number, until the receiver has reported on them. Older
/// ones are overwritten. Allocates nothing after construction.
/// </summary>
internal sealed class SentHistory
{
    // At 2 Mbit/s more than two seconds, and with a viewer's whole first burst.
    private const int Capacity = 1024;

    private readonly Entry[] _entries = new Entry[Capacity];

    /// <summary>What is known of a packet.</summary>
    public enum Fate : byte
    {
        Unknown,
        Lost,
        Received,
    }

    /// <summary>The number that the next packet gets, 64 bits long; the low 16 are sent.</summary>
    public long Next { get; private set; }

    /// <summary>The oldest number that is still known.</summary>
    public long Oldest => Math.Max(0, Next - Capacity);

    /// <summary>Notes that a packet leaves under the number <see cref="Next"/>.</summary>
    public void Add(int bytes, long now) => _entries[Next++ & (Capacity - 1)] = new Entry { SentAt = now, Bytes = (ushort)bytes };

    /// <summary>The 64-bit number of a packet reported on.</summary>
    /// <returns>False when it was never sent or is too old.</returns>
    public bool TryGetNumber(ushort sequenceNumber, out long number)
    {
        number = SequenceNumber.Extend(Next, sequenceNumber);
        return number >= Oldest && number < Next;
    }

    /// <summary>A packet whose number <see cref="TryGetNumber"/> gave.</summary>
    public ref Entry this[long number] => ref _entries[number & (Capacity - 1)];

    internal struct Entry
    {
        public long SentAt;
        public ushort Bytes;
        public Fate Fate;
    }
}
