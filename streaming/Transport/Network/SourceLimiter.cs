using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Xunke.Streaming.Transport.Network;

/// <summary>
/// Bounds how often strangers may make the edge compute for nothing: a token bucket per source, taken from by each
/// failure according to what it cost. A source is an IPv4 address or an IPv6 /64. The table never grows; sources whose hashes meet share a
/// bucket, and the hash is keyed per process, so that nobody can aim at another's. Not thread safe.
/// </summary>
internal sealed class SourceLimiter
{
    private const int Buckets = 4096;
    private const int Burst = 2000;
    private const long MicrosecondsPerToken = 5_000;

    // Linux's sockaddr_in and sockaddr_in6.
    private const int IPv4Offset = 4;
    private const int IPv6Offset = 8;

    private readonly Bucket[] _buckets = new Bucket[Buckets];

    /// <summary>Whether a source has a token left.</summary>
    public bool Allows(SocketAddress source, long now)
    {
        ref var bucket = ref BucketOf(source);
        var earned = (now - bucket.Since) / MicrosecondsPerToken;
        if (earned > 0)
        {
            bucket.Spent = (int)Math.Max(0, bucket.Spent - earned);
            bucket.Since += earned * MicrosecondsPerToken;
        }

        return bucket.Spent < Burst;
    }

    public void Charge(SocketAddress source, int tokens) => BucketOf(source).Spent += tokens;

    private ref Bucket BucketOf(SocketAddress source)
    {
        var native = source.Buffer.Span;
        var prefix = source.Family == AddressFamily.InterNetwork
            ? BinaryPrimitives.ReadUInt32BigEndian(native[IPv4Offset..])
            : IPv6Prefix(native.Slice(IPv6Offset, 16));

        // HashCode is keyed at random for each process.
        return ref _buckets[(uint)HashCode.Combine(source.Family, prefix) % Buckets];
    }

    // A dual-stack socket shows an IPv4 peer as ::ffff:a.b.c.d, where all the difference is in the lower half.
    private static ulong IPv6Prefix(ReadOnlySpan<byte> address)
    {
        var upper = BinaryPrimitives.ReadUInt64BigEndian(address);
        return upper == 0 ? BinaryPrimitives.ReadUInt64BigEndian(address[8..]) : upper;
    }

    private struct Bucket
    {
        public long Since;
        public int Spent;
    }
}
