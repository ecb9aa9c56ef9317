using System.Buffers.Binary;

namespace Xunke.Streaming.Transport.Srtp;

/// <summary>
/// Protects what one side sends: RTP and RTCP packets of any number of streams up to a bound (RFC 3711, RFC 7714).
/// Allocates nothing per packet, only at the first packet of an SSRC. Not thread safe.
/// </summary>
/// <remarks>
/// A packet may be sent again under its old sequence number, as an answer to a NACK, only if header and payload are
/// the same bytes as the first time: two different packets under one index would give away GCM's authentication key.
/// A retransmission should be at most 32767 sequence numbers old, or it is taken for a new packet.
/// </remarks>
public sealed class SrtpSender : IDisposable
{
    /// <summary>How many SSRCs one sender protects.</summary>
    public const int DefaultMaximumStreams = 64;

    private const uint LargestRtcpIndex = int.MaxValue;

    private readonly SrtpCipher _cipher;
    private readonly int _maximumStreams;
    private readonly Dictionary<uint, OutgoingStream> _streams = [];
    private uint _rtcpIndex;

    /// <summary>Derives the session keys.</summary>
    /// <param name="masterKey">16 bytes.</param>
    /// <param name="masterSalt">14 bytes, or 12 for GCM.</param>
    /// <param name="maximumStreams">How many SSRCs are protected at most.</param>
    /// <exception cref="ArgumentException">The lengths do not fit the profile.</exception>
    public SrtpSender(
        SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, int maximumStreams = DefaultMaximumStreams)
        : this(SrtpCipher.Create(profile, masterKey, masterSalt), maximumStreams)
    {
    }

    internal SrtpSender(SrtpCipher cipher, int maximumStreams = DefaultMaximumStreams)
    {
        _cipher = cipher;
        _maximumStreams = maximumStreams;
    }

    /// <summary>Bytes that <see cref="ProtectRtp"/> adds.</summary>
    public int RtpOverhead => _cipher.TagLength;

    /// <summary>Bytes that <see cref="ProtectRtcp"/> adds.</summary>
    public int RtcpOverhead => _cipher.TagLength + SrtpCipher.RtcpIndexLength;

    /// <summary>Makes the sender for the local side of a DTLS association.</summary>
    public static SrtpSender FromLocalKeys(SrtpKeyingMaterial keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return new SrtpSender(keys.Profile, keys.LocalKey, keys.LocalSalt);
    }

    /// <summary>Encrypts and tags an RTP packet in place.</summary>
    /// <param name="buffer">The packet at the start, and <see cref="RtpOverhead"/> bytes of room behind it.</param>
    public SrtpResult ProtectRtp(Span<byte> buffer, int length)
    {
        if (!RtpHeaderLayout.TryGetLength(buffer[..length], out var headerLength))
        {
            return SrtpResult.Failure(SrtpError.Malformed);
        }

        var ssrc = RtpHeaderLayout.Ssrc(buffer);
        var sequenceNumber = RtpHeaderLayout.SequenceNumber(buffer);
        ulong index;
        if (!_streams.TryGetValue(ssrc, out var stream))
        {
            if (_streams.Count == _maximumStreams)
            {
                return SrtpResult.Failure(SrtpError.TooManyStreams);
            }

            index = sequenceNumber;
            _streams.Add(ssrc, new OutgoingStream { HighestIndex = index });
        }
        else if (PacketIndex.TryGuess(stream.HighestIndex, sequenceNumber, out index))
        {
            stream.HighestIndex = Math.Max(stream.HighestIndex, index);
        }
        else
        {
            return SrtpResult.Failure(SrtpError.KeyExhausted);
        }

        _cipher.ProtectRtp(buffer, headerLength, length, ssrc, index);
        return SrtpResult.Success(length + RtpOverhead);
    }

    /// <summary>Encrypts and tags a compound RTCP packet in place.</summary>
    /// <param name="buffer">The packet at the start, and <see cref="RtcpOverhead"/> bytes of room behind it.</param>
    public SrtpResult ProtectRtcp(Span<byte> buffer, int length)
    {
        if (length < SrtpCipher.RtcpHeaderLength || buffer[0] >> 6 != 2)
        {
            return SrtpResult.Failure(SrtpError.Malformed);
        }

        if (_rtcpIndex == LargestRtcpIndex)
        {
            return SrtpResult.Failure(SrtpError.KeyExhausted);
        }

        // One count for all SSRCs: each stream's indices still rise, which is all that a receiver can see.
        _rtcpIndex++;
        _cipher.ProtectRtcp(buffer, length, BinaryPrimitives.ReadUInt32BigEndian(buffer[4..]), _rtcpIndex);
        return SrtpResult.Success(length + RtcpOverhead);
    }

    /// <summary>Releases the keys.</summary>
    public void Dispose() => _cipher.Dispose();

    private sealed class OutgoingStream
    {
        public ulong HighestIndex { get; set; }
    }
}
