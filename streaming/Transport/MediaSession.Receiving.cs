using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Transport.Dtls;
using Xunke.Streaming.Transport.Srtp;

namespace Xunke.Streaming.Transport;

/// <content>What comes from the peer.</content>
internal abstract partial class MediaSession
{
    /// <summary>Takes a DTLS datagram from an address that passed a check.</summary>
    public void ReceiveDtls(ReadOnlySpan<byte> datagram, long now)
    {
        if (_dtls is null)
        {
            return;
        }

        _dtls.Receive(datagram);
        switch (_dtls.State)
        {
            case DtlsState.Connected when _sender is null:
                Connect(_dtls, now);
                break;
            case DtlsState.Closed:
                End(GoneReason.Closed);
                break;
            case DtlsState.Failed:
                End(_sender is null ? GoneReason.HandshakeFailed : GoneReason.Closed);
                break;
            default:
                break;
        }
    }

    /// <summary>Takes an SRTP datagram, decrypted in place.</summary>
    /// <returns>Whether it was authentic and new.</returns>
    public bool ReceiveRtp(Span<byte> datagram, long now)
    {
        if (_receiver is null)
        {
            return false;
        }

        var result = _receiver.UnprotectRtp(datagram);
        if (!result.Succeeded)
        {
            Refused++;
            return false;
        }

        LastHeard = now;
        if (!OnRtp(datagram[..result.Length], now))
        {
            Refused++;
        }

        return true;
    }

    /// <summary>Takes an SRTCP datagram, decrypted in place.</summary>
    /// <returns>Whether it was authentic and new.</returns>
    public bool ReceiveRtcp(Span<byte> datagram, long now)
    {
        if (_receiver is null)
        {
            return false;
        }

        var result = _receiver.UnprotectRtcp(datagram);
        if (!result.Succeeded)
        {
            Refused++;
            return false;
        }

        LastHeard = now;
        ReadOnlySpan<byte> compound = datagram[..result.Length];
        while (RtcpPacket.TryReadNext(ref compound, out var packet))
        {
            OnRtcp(packet, now);
        }

        return true;
    }

    private void Connect(DtlsTransport dtls, long now)
    {
        // RFC 8122 6.2: the certificate must be the one that the SDP promised, or the peer is somebody else.
        if (dtls.Keys is not { } keys || !string.Equals(dtls.RemoteFingerprint, _remote.Fingerprint, StringComparison.OrdinalIgnoreCase))
        {
            End(GoneReason.HandshakeFailed);
            return;
        }

        _sender = SrtpSender.FromLocalKeys(keys);
        _receiver = SrtpReceiver.FromRemoteKeys(keys);
        LastHeard = now;
        OnConnected(now);
    }
}
