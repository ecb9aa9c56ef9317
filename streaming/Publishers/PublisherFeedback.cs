using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Sdp;
using Xunke.Streaming.Transport;

namespace Xunke.Streaming.Publishers;

/// <summary>Writes what a publisher is asked for and told.</summary>
/// <param name="session">The publisher's session, which sends it.</param>
/// <param name="reducedSize">Whether feedback may travel alone: both sides agreed to reduced size (RFC 5506).</param>
/// <param name="pictureLoss">Whether key frames are asked for by PLI rather than FIR.</param>
internal sealed class PublisherFeedback(MediaSession session, SessionContext context, bool reducedSize, bool pictureLoss)
{
    private const int MaxLength = 1200;

    private static readonly byte[] CanonicalName = System.Text.Encoding.ASCII.GetBytes(AnswerWriter.StreamName);

    private readonly ArrivalFeedback _arrivals = new();
    private byte _fullIntraRequests;

    /// <summary>Whether arrivals wait to be reported.</summary>
    public bool HasArrivals => _arrivals.Pending > 0;

    /// <summary>Notes when a packet with a transport-wide sequence number came.</summary>
    public void Arrived(ushort sequenceNumber, long now) => _arrivals.Record(sequenceNumber, now);

    /// <summary>Asks for a key frame of a source.</summary>
    public void RequestKeyFrame(uint media)
    {
        var reserved = context.Outbox.Reserve();
        var writer = Begin(reserved);
        if (pictureLoss)
        {
            writer.PictureLoss(session.ReporterSsrc, media);
        }
        else
        {
            writer.FullIntraRequest(session.ReporterSsrc, media, _fullIntraRequests++);
        }

        session.SendRtcp(reserved, writer.Length);
    }

    /// <summary>Asks for missing packets of a source.</summary>
    public void RequestAgain(uint media, ReadOnlySpan<ushort> numbers)
    {
        while (!numbers.IsEmpty)
        {
            var reserved = context.Outbox.Reserve();
            var writer = Begin(reserved);
            var taken = writer.Nack(session.ReporterSsrc, media, numbers);
            session.SendRtcp(reserved, writer.Length);
            numbers = numbers[taken..];
        }
    }

    /// <summary>Reports the arrivals, under the name of any of the publisher's sources.</summary>
    public void ReportArrivals(uint media, long now)
    {
        while (HasArrivals)
        {
            var reserved = context.Outbox.Reserve();
            var writer = Begin(reserved);
            if (!_arrivals.TryWrite(ref writer, session.ReporterSsrc, media, now))
            {
                return;
            }

            session.SendRtcp(reserved, writer.Length);
        }
    }

    /// <summary>Reports what was received of each source.</summary>
    public void ReportReception(ReadOnlySpan<ReportBlock> blocks, long now)
    {
        var reserved = context.Outbox.Reserve();
        var writer = new RtcpWriter(reserved[..MaxLength]);
        writer.ReceiverReport(session.ReporterSsrc, blocks);
        writer.SourceDescription(session.ReporterSsrc, CanonicalName);
        writer.ReferenceTime(session.ReporterSsrc, context.Clock.ToNtp(now));
        session.SendRtcp(reserved, writer.Length);
    }

    private RtcpWriter Begin(Span<byte> reserved)
    {
        var writer = new RtcpWriter(reserved[..MaxLength]);
        if (!reducedSize)
        {
            writer.ReceiverReport(session.ReporterSsrc, []);
            writer.SourceDescription(session.ReporterSsrc, CanonicalName);
        }

        return writer;
    }
}
