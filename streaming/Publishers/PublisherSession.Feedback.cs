using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Rtp;
using Xunke.Streaming.Sdp;

namespace Xunke.Streaming.Publishers;

/// <content>What the publisher is asked for and told.</content>
internal sealed partial class PublisherSession
{
    private void RequestKeyFrame(uint media)
    {
        var reserved = Outbox.Reserve();
        var writer = Begin(reserved);
        if (_pictureLoss)
        {
            writer.PictureLoss(ReporterSsrc, media);
        }
        else
        {
            writer.FullIntraRequest(ReporterSsrc, media, _fullIntraRequests++);
        }

        SendRtcp(reserved, writer.Length);
    }

    private void AskForMissing(PublishedTrack? track, long now)
    {
        if (track is not { Ssrc: { } media })
        {
            return;
        }

        track.Track.Patience = track.Missing.Patience;
        Span<ushort> numbers = stackalloc ushort[MissingPackets.Capacity];
        var count = track.Missing.Collect(now, numbers, out var abandoned);
        if ((abandoned | track.TakeLostTooMuch()) && track.Kind == MediaKind.Video)
        {
            Room.RequestKeyFrame(track.Track, urgent: false, now);
        }

        ReadOnlySpan<ushort> rest = numbers[..count];
        while (!rest.IsEmpty)
        {
            var reserved = Outbox.Reserve();
            var writer = Begin(reserved);
            var taken = writer.Nack(ReporterSsrc, media, rest);
            SendRtcp(reserved, writer.Length);
            NacksSent += taken;
            rest = rest[taken..];
        }
    }

    private void ReportArrivals(uint media, long now)
    {
        while (_arrivals.Pending > 0)
        {
            var reserved = Outbox.Reserve();
            var writer = Begin(reserved);
            if (!_arrivals.TryWrite(ref writer, ReporterSsrc, media, now))
            {
                return;
            }

            SendRtcp(reserved, writer.Length);
        }
    }

    private void ReportReception(long now)
    {
        Span<ReportBlock> blocks = stackalloc ReportBlock[AcceptedLayers.Most + 1];
        var count = 0;
        foreach (var track in Videos)
        {
            if (track.TryReport(now, out var video))
            {
                blocks[count++] = video;
            }
        }

        if (_audio is not null && _audio.TryReport(now, out var audio))
        {
            blocks[count++] = audio;
        }

        var reserved = Outbox.Reserve();
        var writer = new RtcpWriter(reserved[..MaxFeedbackLength]);
        writer.ReceiverReport(ReporterSsrc, blocks[..count]);
        writer.SourceDescription(ReporterSsrc, CanonicalName);
        writer.ReferenceTime(ReporterSsrc, Context.Clock.ToNtp(now));
        SendRtcp(reserved, writer.Length);
    }

    // Feedback may travel alone only where both sides agreed to reduced size (RFC 5506).
    private RtcpWriter Begin(Span<byte> reserved)
    {
        var writer = new RtcpWriter(reserved[..MaxFeedbackLength]);
        if (!_reducedSize)
        {
            writer.ReceiverReport(ReporterSsrc, []);
            writer.SourceDescription(ReporterSsrc, CanonicalName);
        }

        return writer;
    }
}
