using System.Buffers.Binary;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Rtp;
using Xunke.Streaming.Sdp;
using Xunke.Streaming.Transport;
using Xunke.Streaming.Viewers.Congestion;

namespace Xunke.Streaming.Viewers;

/// <summary>Writes what a viewer is sent: the room's packets, those it asks for again, padding that measures the path, reports.</summary>
/// <param name="session">The viewer's session, which sends it.</param>
internal sealed class ViewerOutput(MediaSession session, SessionContext context, PathEstimate estimate)
{
    private const int MaxReportLength = 256;

    // One NACK can name thousands of packets, so what it may cost is bounded per interval: on a path whose limit is known,
    // to half of that.
    private const long MaxRetransmittedBytes = 600_000;

    // A train that takes so long at the rate asked for outlasts most jitter, and holds up the sound hardly longer.
    private const long ProbeMilliseconds = 50;
    private const int SmallestProbe = 8;
    private const int LargestProbe = 64;

    private static readonly byte[] CanonicalName = System.Text.Encoding.ASCII.GetBytes(AnswerWriter.StreamName);

    private long _retransmissionLeft = MaxRetransmittedBytes;

    /// <summary>What has been sent.</summary>
    public RateMeter Rate { get; } = new();

    /// <summary>Sequence numbers that the viewer asked for again.</summary>
    public long NacksReceived { get; private set; }

    /// <summary>Packets sent again.</summary>
    public long Retransmitted { get; private set; }

    /// <summary>Sends a packet of the room, if the track is at its place.</summary>
    public void Send(ViewedTrack track, RoomTrack source, long index, long now)
    {
        if (track.Covers(source, index) && source.TryGet(index, out var packet))
        {
            var reserved = context.Outbox.Reserve();
            Send(reserved, track.Write(index, packet, reserved, out var arrivalOffset), arrivalOffset, now);
        }
    }

    public void SendAgain(ViewedTrack track, NackReader missing, long now)
    {
        while (missing.TryRead(out var sequenceNumber))
        {
            NacksReceived++;
            for (var copies = track.CopiesOf(sequenceNumber); copies > 0; copies--)
            {
                SendAgain(track, sequenceNumber, now);
            }
        }
    }

    /// <summary>Sends a train of padding.</summary>
    /// <param name="video">The track on whose stream of retransmissions it goes.</param>
    public void Probe(ViewedTrack video, long bitsPerSecond, long now)
    {
        var packets = (int)Math.Clamp(bitsPerSecond / 8 * ProbeMilliseconds / 1000 / byte.MaxValue, SmallestProbe, LargestProbe);
        estimate.Probe(packets, now);
        for (var i = 0; i < packets; i++)
        {
            var reserved = context.Outbox.Reserve();
            Send(reserved, video.WritePadding(reserved, out var arrivalOffset), arrivalOffset, now);
        }
    }

    /// <summary>Another interval of retransmissions begins.</summary>
    public void AllowRetransmissions() =>
        _retransmissionLeft = Math.Min(MaxRetransmittedBytes, (estimate.BitsPerSecond ?? long.MaxValue) / 8 / 2);

    /// <summary>Sends a sender report on a track.</summary>
    public void Report(ViewedTrack? track, IRoomPublisher? publisher, long now)
    {
        if (track is not { Packets: > 0 } || publisher is null || !publisher.TryGetTimestamp(track.Kind, now, out var timestamp))
        {
            return;
        }

        var reserved = context.Outbox.Reserve();
        var writer = new RtcpWriter(reserved[..MaxReportLength]);
        writer.SenderReport(new SenderReport(track.Ssrc, context.Clock.ToNtp(now), timestamp, track.Packets, track.Octets));
        writer.SourceDescription(track.Ssrc, CanonicalName);
        session.SendRtcp(reserved, writer.Length);
    }

    private void SendAgain(ViewedTrack track, ushort sequenceNumber, long now)
    {
        var reserved = context.Outbox.Reserve();
        if (_retransmissionLeft > 0 && track.TryWriteAgain(sequenceNumber, now, reserved, out var length, out var arrivalOffset))
        {
            _retransmissionLeft -= length;
            Retransmitted++;
            Send(reserved, length, arrivalOffset, now);
        }
    }

    private void Send(Span<byte> reserved, int length, int arrivalOffset, long now)
    {
        if (arrivalOffset != 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(reserved[arrivalOffset..], estimate.Send(length, now));
        }

        Rate.Count(length);
        session.SendRtp(reserved, length);
    }
}
