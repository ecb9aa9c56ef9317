using System.Security.Cryptography;
using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Rtp;

namespace Xunke.Streaming.Client;

/// <summary>One RTP stream of a publisher: numbers packets, has them protected and sent, and keeps them for a while.</summary>
/// <param name="payloadType">The payload type agreed on, 0..127.</param>
/// <param name="clockRate">RTP timestamp units a second.</param>
/// <param name="kept">How many packets are kept for retransmission, a power of two.</param>
internal sealed class OutgoingStream(PublishTransport transport, uint ssrc, byte payloadType, int clockRate, int kept)
{
    private readonly uint _firstTimestamp = (uint)RandomNumberGenerator.GetInt32(int.MaxValue);
    private readonly SentPackets _sent = new(kept);

    // Low at first: a receiver that loses the first packets must not miss a roll-over (RFC 3711 section 3.3.1).
    private ushort _nextSequenceNumber = (ushort)RandomNumberGenerator.GetInt32(1 << 14);

    public uint Ssrc => ssrc;

    /// <summary>Packets sent, retransmissions left out.</summary>
    public uint Packets { get; private set; }

    /// <summary>Payload bytes sent, modulo 2^32 as in a sender report.</summary>
    public uint PayloadBytes { get; private set; }

    /// <summary>The RTP timestamp of a moment on the publisher's clock.</summary>
    public uint Timestamp(long microseconds) => _firstTimestamp + (uint)(microseconds * clockRate / 1_000_000);

    public void Send(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> payload, uint timestamp, bool marker)
    {
        lock (transport.Gate)
        {
            var sequenceNumber = _nextSequenceNumber++;
            var packet = _sent.Place(sequenceNumber);
            RtpHeader.Write(packet, marker, payloadType, sequenceNumber, timestamp, ssrc);
            prefix.CopyTo(packet[RtpHeader.FixedLength..]);
            payload.CopyTo(packet[(RtpHeader.FixedLength + prefix.Length)..]);
            var length = transport.ProtectAndSend(packet, RtpHeader.FixedLength + prefix.Length + payload.Length);
            _sent.Keep(sequenceNumber, length);
            Packets++;
            PayloadBytes += (uint)(prefix.Length + payload.Length);
        }
    }

    /// <summary>Writes a sender report (RFC 3550 section 6.4.1): it ties both streams' timestamps to one clock, for lip sync.</summary>
    /// <param name="now">The time on the publisher's clock.</param>
    public void Report(ref RtcpWriter writer, long now, ulong ntpTime) =>
        writer.SenderReport(new SenderReport(ssrc, ntpTime, Timestamp(now), Packets, PayloadBytes));

    /// <summary>Sends a packet again if it is still kept. The caller holds the transport's gate.</summary>
    public void SendAgain(ushort sequenceNumber)
    {
        var packet = _sent.Find(sequenceNumber);
        if (!packet.IsEmpty)
        {
            transport.Send(packet);
        }
    }
}
