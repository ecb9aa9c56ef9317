using System.Collections.Concurrent;
using Xunke.Streaming;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Rtp;

namespace Xunke.Tests.Streaming.Client;

/// <summary>A tap that remembers each packet's header and the start of its payload.</summary>
internal sealed class PacketLog : IRtpTap
{
    private readonly ConcurrentQueue<Entry> _entries = new();

    public IReadOnlyCollection<Entry> Video => [.. _entries.Where(entry => entry.Kind == MediaKind.Video)];

    public IReadOnlyCollection<Entry> Audio => [.. _entries.Where(entry => entry.Kind == MediaKind.Audio)];

    public void OnPacket(MediaKind kind, VideoCodec codec, ReadOnlySpan<byte> rtp)
    {
        if (RtpHeader.TryParse(rtp, out var header))
        {
            var first = header.PayloadLength > 1 ? (ushort)((rtp[header.Length] << 8) | rtp[header.Length + 1]) : (ushort)0;
            _entries.Enqueue(new Entry(kind, header.SequenceNumber, header.Timestamp, header.Marker, rtp.Length, first));
        }
    }

    public sealed record Entry(MediaKind Kind, ushort SequenceNumber, uint Timestamp, bool Marker, int Length, ushort PayloadStart)
    {
        /// <summary>Whether an IDR slice begins here: in a packet of its own or in the first of its fragments.</summary>
        public bool BeginsKeySlice => Kind == MediaKind.Video
            && ((PayloadStart >> 8 & 0x1F) == 5 || ((PayloadStart >> 8 & 0x1F) == 28 && (PayloadStart & 0x9F) == 0x85));

        /// <summary>Whether this is a STAP-A, as parameter sets are sent.</summary>
        public bool IsAggregate => Kind == MediaKind.Video && (PayloadStart >> 8 & 0x1F) == 24;
    }
}
