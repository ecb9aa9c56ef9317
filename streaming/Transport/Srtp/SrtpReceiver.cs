using System.Buffers.Binary;

namespace Xunke.Streaming.Transport.Srtp;

/// <summary>
/// Checks and decrypts what the peer sends: RTP and RTCP packets of any number of streams up to a bound (RFC 3711,
/// RFC 7714). A packet that does not authenticate changes nothing, so forged SSRCs take no memory. Allocates nothing
/// per packet, only at the first authentic packet of an SSRC, and for a GCM packet whose tag is wrong. Not thread safe.
/// </summary>
public sealed class SrtpReceiver : IDisposable
{
    /// <summary>How many SSRCs one peer may use; a browser needs two to eight.</summary>
    public const int DefaultMaximumStreams = 64;

    /// <summary>The longest clear RTCP packet accepted, in bytes: one Ethernet frame.</summary>
    public const int MaximumRtcpLength = 1500;

    private readonly SrtpCipher _cipher;
    private readonly int _maximumStreams;
    private readonly Dictionary<uint, IncomingStream> _streams = [];

    /// <summary>Derives the session keys.</summary>
    /// <param name="masterKey">16 bytes.</param>
    /// <param name="masterSalt">14 bytes, or 12 for GCM.</param>
    /// <param name="maximumStreams">How many SSRCs are accepted at most.</param>
    /// <exception cref="ArgumentException">The lengths do not fit the profile.</exception>
    public SrtpReceiver(
        SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, int maximumStreams = DefaultMaximumStreams)
        : this(SrtpCipher.Create(profile, masterKey, masterSalt), maximumStreams)
    {
    }

    internal SrtpReceiver(SrtpCipher cipher, int maximumStreams = DefaultMaximumStreams)
    {
        _cipher = cipher;
        _maximumStreams = maximumStreams;
    }

    /// <summary>How many SSRCs have sent an authentic packet.</summary>
    public int StreamCount => _streams.Count;

    /// <summary>Makes the receiver for the remote side of a DTLS association.</summary>
    public static SrtpReceiver FromRemoteKeys(SrtpKeyingMaterial keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return new SrtpReceiver(keys.Profile, keys.RemoteKey, keys.RemoteSalt);
    }

    /// <summary>Checks and decrypts an RTP packet in place.</summary>
    /// <param name="packet">The whole protected packet, of any content.</param>
    /// <returns>The length of the clear packet at the start of <paramref name="packet"/>, or the reason for refusing it.</returns>
    public SrtpResult UnprotectRtp(Span<byte> packet)
    {
        var length = packet.Length - _cipher.TagLength;
        if (length < RtpHeaderLayout.FixedLength || !RtpHeaderLayout.TryGetLength(packet[..length], out var headerLength))
        {
            return SrtpResult.Failure(SrtpError.Malformed);
        }

        var ssrc = RtpHeaderLayout.Ssrc(packet);
        var sequenceNumber = RtpHeaderLayout.SequenceNumber(packet);
        ulong index = sequenceNumber;
        if (TryFind(ssrc, out var stream) is var refusal and not SrtpError.None)
        {
            return SrtpResult.Failure(refusal);
        }

        if (stream is { Rtp.IsEmpty: false }
            && !(PacketIndex.TryGuess(stream.Rtp.Highest, sequenceNumber, out index) && stream.Rtp.Accepts(index)))
        {
            return SrtpResult.Failure(SrtpError.Replayed);
        }

        if (!_cipher.UnprotectRtp(packet, headerLength, length, ssrc, index))
        {
            return SrtpResult.Failure(SrtpError.AuthenticationFailed);
        }

        (stream ?? Add(ssrc)).Rtp.Mark(index);
        return SrtpResult.Success(length);
    }

    /// <summary>Checks and decrypts a compound RTCP packet in place.</summary>
    /// <param name="packet">The whole protected packet, of any content.</param>
    /// <returns>The length of the clear packet at the start of <paramref name="packet"/>, or the reason for refusing it.</returns>
    public SrtpResult UnprotectRtcp(Span<byte> packet)
    {
        var length = packet.Length - _cipher.TagLength - SrtpCipher.RtcpIndexLength;
        if (length is < SrtpCipher.RtcpHeaderLength or > MaximumRtcpLength || packet[0] >> 6 != 2)
        {
            return SrtpResult.Failure(SrtpError.Malformed);
        }

        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
        if (TryFind(ssrc, out var stream) is var refusal and not SrtpError.None)
        {
            return SrtpResult.Failure(refusal);
        }

        var indexWord = _cipher.ReadRtcpIndexWord(packet);
        var index = indexWord & ~SrtpCipher.RtcpEncryptedFlag;
        if (stream is not null && !stream.Rtcp.Accepts(index))
        {
            return SrtpResult.Failure(SrtpError.Replayed);
        }

        if (!_cipher.UnprotectRtcp(packet, length, ssrc, indexWord))
        {
            return SrtpResult.Failure(SrtpError.AuthenticationFailed);
        }

        (stream ?? Add(ssrc)).Rtcp.Mark(index);
        return SrtpResult.Success(length);
    }

    /// <summary>Releases the keys.</summary>
    public void Dispose() => _cipher.Dispose();

    private SrtpError TryFind(uint ssrc, out IncomingStream? stream) =>
        _streams.TryGetValue(ssrc, out stream) || _streams.Count < _maximumStreams ? SrtpError.None : SrtpError.TooManyStreams;

    private IncomingStream Add(uint ssrc)
    {
        var stream = new IncomingStream();
        _streams.Add(ssrc, stream);
        return stream;
    }

    private sealed class IncomingStream
    {
        public ReplayWindow Rtp { get; } = new();

        public ReplayWindow Rtcp { get; } = new();
    }
}
