using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Xunke.Streaming.Transport.Srtp;

/// <summary>AEAD_AES_128_GCM (RFC 7714).</summary>
internal sealed class AesGcmCipher : SrtpCipher
{
    private const int GcmTagLength = 16;
    private const int NonceLength = 12;

    private readonly AesGcm _rtp;
    private readonly AesGcm _rtcp;
    private readonly byte[] _rtpSalt;
    private readonly byte[] _rtcpSalt;

    public AesGcmCipher(in SrtpSessionKeys rtp, in SrtpSessionKeys rtcp)
    {
        _rtp = new AesGcm(rtp.Encryption, GcmTagLength);
        _rtcp = new AesGcm(rtcp.Encryption, GcmTagLength);
        _rtpSalt = [.. rtp.Salt];
        _rtcpSalt = [.. rtcp.Salt];
    }

    public override int TagLength => GcmTagLength;

    public override void ProtectRtp(Span<byte> buffer, int headerLength, int length, uint ssrc, ulong index)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        WriteRtpNonce(nonce, ssrc, index);
        var payload = buffer[headerLength..length];
        _rtp.Encrypt(nonce, payload, payload, buffer.Slice(length, GcmTagLength), buffer[..headerLength]);
    }

    public override bool UnprotectRtp(Span<byte> buffer, int headerLength, int length, uint ssrc, ulong index)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        WriteRtpNonce(nonce, ssrc, index);
        return TryDecrypt(_rtp, nonce, buffer[headerLength..length], buffer.Slice(length, GcmTagLength), buffer[..headerLength]);
    }

    public override void ProtectRtcp(Span<byte> buffer, int length, uint ssrc, uint index)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        WriteRtcpNonce(nonce, ssrc, index);
        var indexWord = buffer.Slice(length + GcmTagLength, RtcpIndexLength);
        BinaryPrimitives.WriteUInt32BigEndian(indexWord, index | RtcpEncryptedFlag);
        Span<byte> associated = stackalloc byte[RtcpHeaderLength + RtcpIndexLength];
        buffer[..RtcpHeaderLength].CopyTo(associated);
        indexWord.CopyTo(associated[RtcpHeaderLength..]);
        var payload = buffer[RtcpHeaderLength..length];
        _rtcp.Encrypt(nonce, payload, payload, buffer.Slice(length, GcmTagLength), associated);
    }

    public override uint ReadRtcpIndexWord(ReadOnlySpan<byte> packet) =>
        BinaryPrimitives.ReadUInt32BigEndian(packet[^RtcpIndexLength..]);

    public override bool UnprotectRtcp(Span<byte> buffer, int length, uint ssrc, uint indexWord)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        WriteRtcpNonce(nonce, ssrc, indexWord & ~RtcpEncryptedFlag);
        var tag = buffer.Slice(length, GcmTagLength);
        var isEncrypted = (indexWord & RtcpEncryptedFlag) != 0;

        // The associated data are the clear bytes and the index word, which lies behind the tag (RFC 7714 sections 9.2 and 9.3).
        var clearLength = isEncrypted ? RtcpHeaderLength : length;
        Span<byte> associated = stackalloc byte[SrtpReceiver.MaximumRtcpLength + RtcpIndexLength];
        associated = associated[..(clearLength + RtcpIndexLength)];
        buffer[..clearLength].CopyTo(associated);
        BinaryPrimitives.WriteUInt32BigEndian(associated[clearLength..], indexWord);
        return TryDecrypt(_rtcp, nonce, buffer[clearLength..length], tag, associated);
    }

    public override void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
    }

    /// <summary>The base class library reports a wrong tag by an exception only; the cost falls on hostile packets alone.</summary>
    private static bool TryDecrypt(
        AesGcm key, ReadOnlySpan<byte> nonce, Span<byte> payload, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> associated)
    {
        try
        {
            key.Decrypt(nonce, payload, tag, payload, associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    /// <summary>Two zero bytes, SSRC, roll-over counter and sequence number, XOR salt (RFC 7714 section 8.1).</summary>
    private void WriteRtpNonce(Span<byte> nonce, uint ssrc, ulong index)
    {
        BinaryPrimitives.WriteUInt32BigEndian(nonce, ssrc >> 16);
        BinaryPrimitives.WriteUInt64BigEndian(nonce[4..], ((ulong)(ssrc & 0xFFFF) << 48) | index);
        Xor(nonce, _rtpSalt);
    }

    /// <summary>Two zero bytes, SSRC, two zero bytes and the 31-bit index, XOR salt (RFC 7714 section 9.1).</summary>
    private void WriteRtcpNonce(Span<byte> nonce, uint ssrc, uint index)
    {
        BinaryPrimitives.WriteUInt32BigEndian(nonce, ssrc >> 16);
        BinaryPrimitives.WriteUInt64BigEndian(nonce[4..], ((ulong)(ssrc & 0xFFFF) << 48) | index);
        Xor(nonce, _rtcpSalt);
    }

    private static void Xor(Span<byte> target, ReadOnlySpan<byte> mask)
    {
        for (var position = 0; position < NonceLength; position++)
        {
            target[position] ^= mask[position];
        }
    }
}
