using System.Buffers.Binary;
using Xunke.Streaming.Rtcp;

namespace Xunke.Streaming.Viewers;

/// <content>What the viewer gets beside the room's packets.</content>
internal sealed partial class ViewerSession
{
    private void Retransmit(in RtcpPacket packet, long now)
    {
        var media = BinaryPrimitives.ReadUInt32BigEndian(packet.Body[4..]);
        var track = media == _video?.Ssrc ? _video : media == _audio?.Ssrc ? _audio : null;
        if (track is null)
        {
            return;
        }

        var reader = new NackReader(packet);
        while (reader.TryRead(out var sequenceNumber))
        {
            _nacksReceived++;
            for (var copies = track.CopiesOf(sequenceNumber); copies > 0; copies--)
            {
                SendAgain(track, sequenceNumber, now);
            }
        }
    }

    private void SendAgain(ViewedTrack track, ushort sequenceNumber, long now)
    {
        var reserved = Outbox.Reserve();
        if (_retransmissionLeft > 0 && track.TryWriteAgain(sequenceNumber, now, reserved, out var length, out var arrivalOffset))
        {
            _retransmissionLeft -= length;
            _retransmitted++;
            Send(reserved, length, arrivalOffset, now);
        }
    }

    private void Probe(long now)
    {
        if (_video is not { ReportsArrival: true, Repair: not null } || !_flow!.TryTakeProbe(now, out var bitsPerSecond))
        {
            return;
        }

        var packets = (int)Math.Clamp(bitsPerSecond / 8 * ProbeMilliseconds / 1000 / byte.MaxValue, SmallestProbe, LargestProbe);
        _estimate.Probe(packets, now);
        for (var i = 0; i < packets; i++)
        {
            var reserved = Outbox.Reserve();
            Send(reserved, _video.WritePadding(reserved, out var arrivalOffset), arrivalOffset, now);
        }
    }

    private void Report(ViewedTrack? track, long now)
    {
        if (track is not { Packets: > 0 } || Room.Publisher is not { } publisher || !publisher.TryGetTimestamp(track.Kind, now, out var timestamp))
        {
            return;
        }

        var reserved = Outbox.Reserve();
        var writer = new RtcpWriter(reserved[..MaxReportLength]);
        writer.SenderReport(new SenderReport(track.Ssrc, Context.Clock.ToNtp(now), timestamp, track.Packets, track.Octets));
        writer.SourceDescription(track.Ssrc, CanonicalName);
        SendRtcp(reserved, writer.Length);
    }
}
