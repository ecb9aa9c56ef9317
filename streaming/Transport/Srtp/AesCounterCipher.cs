using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Xunke.Streaming.Transport.Srtp;

/// <summary>SRTP_AES128_CM_HMAC_SHA1_80 (RFC 3711 sections 4.1.1 and 4.2.1).</summary>
internal sealed class AesCounterCipher(in SrtpSessionKeys rtp, in SrtpSessionKeys rtcp) : SrtpCipher
{
    private const int TruncatedTagLength = 10;

    private readonly AesCounterKeyStream _rtpStream = new(rtp.Encryption, rtp.Salt);
    private readonly AesCounterKeyStream _rtcpStream = new(rtcp.Encryption, rtcp.Salt);
    private readonly IncrementalHash _rtpHash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, rtp.Authentication);
    private readonly IncrementalHash _rtcpHash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, rtcp.Authentication);

    public override int TagLength => TruncatedTagLength;

    public override void ProtectRtp(Span<byte> buffer, int headerLength, int length, uint ssrc, ulong index)
    {
        _rtpStream.Apply(buffer[headerLength..length], ssrc, index);
        Span<byte> tag = stackalloc byte[HMACSHA1.HashSizeInBytes];
        ComputeRtpTag(buffer[..length], index, tag);
        tag[..TruncatedTagLength].CopyTo(buffer[length..]);
    }

    public override bool UnprotectRtp(Span<byte> buffer, int headerLength, int length, uint ssrc, ulong index)
    {
        Span<byte> tag = stackalloc byte[HMACSHA1.HashSizeInBytes];
        ComputeRtpTag(buffer[..length], index, tag);
        if (!CryptographicOperations.FixedTimeEquals(tag[..TruncatedTagLength], buffer.Slice(length, TruncatedTagLength)))
        {
            return false;
        }

        _rtpStream.Apply(buffer[headerLength..length], ssrc, index);
        return true;
    }

    public override void ProtectRtcp(Span<byte> buffer, int length, uint ssrc, uint index)
    {
        _rtcpStream.Apply(buffer[RtcpHeaderLength..length], ssrc, index);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[length..], index | RtcpEncryptedFlag);
        Span<byte> tag = stackalloc byte[HMACSHA1.HashSizeInBytes];
        ComputeRtcpTag(buffer[..(length + RtcpIndexLength)], tag);
        tag[..TruncatedTagLength].CopyTo(buffer[(length + RtcpIndexLength)..]);
    }

    public override uint ReadRtcpIndexWord(ReadOnlySpan<byte> packet) =>
        BinaryPrimitives.ReadUInt32BigEndian(packet[^(RtcpIndexLength + TruncatedTagLength)..]);

    public override bool UnprotectRtcp(Span<byte> buffer, int length, uint ssrc, uint indexWord)
    {
        var authenticated = buffer[..(length + RtcpIndexLength)];
        Span<byte> tag = stackalloc byte[HMACSHA1.HashSizeInBytes];
        ComputeRtcpTag(authenticated, tag);
        if (!CryptographicOperations.FixedTimeEquals(tag[..TruncatedTagLength], buffer.Slice(authenticated.Length, TruncatedTagLength)))
        {
            return false;
        }

        if ((indexWord & RtcpEncryptedFlag) != 0)
        {
            _rtcpStream.Apply(buffer[RtcpHeaderLength..length], ssrc, indexWord & ~RtcpEncryptedFlag);
        }

        return true;
    }

    public override void Dispose()
    {
        _rtpStream.Dispose();
        _rtcpStream.Dispose();
        _rtpHash.Dispose();
        _rtcpHash.Dispose();
    }

    /// <summary>The tag covers the packet and then the roll-over counter, which is not sent (RFC 3711 section 4.2).</summary>
    private void ComputeRtpTag(ReadOnlySpan<byte> packet, ulong index, Span<byte> tag)
    {
        Span<byte> rollover = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(rollover, (uint)(index >> 16));
        _rtpHash.AppendData(packet);
        _rtpHash.AppendData(rollover);
        _rtpHash.GetHashAndReset(tag);
    }

    private void ComputeRtcpTag(ReadOnlySpan<byte> packetAndIndex, Span<byte> tag)
    {
        _rtcpHash.AppendData(packetAndIndex);
        _rtcpHash.GetHashAndReset(tag);
    }
}
