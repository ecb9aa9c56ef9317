using System.Buffers.Binary;
using Shouldly;
using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Rtp;
using Xunke.Tests.Streaming.Client;
using Xunke.Tests.Support;

namespace Xunke.Tests.Streaming.Edge;

/// <summary>
/// A viewer behind a narrow link, in the test's own time: what the peer gets over loopback waits its turn here, and is
/// reported on as it arrives, with the product's writer of transport-wide feedback.
/// </summary>
internal sealed class NarrowViewer(TestPeer peer, ManualTime time)
{
    private const long ReportInterval = 100_000;
    private const long LongestQueue = 5_000_000;

    private readonly Queue<(byte[] Packet, long SentAt, long At)> _link = [];
    private readonly ArrivalFeedback _feedback = new();
    private long _linkFree;
    private long _nextReport;

    public double BitsPerSecond { get; set; } = 500_000;

    /// <summary>What arrived: the packet, and for how many microseconds it was under way.</summary>
    public List<(byte[] Packet, RtpHeader Header, long Delay)> Arrived { get; } = [];

    public IEnumerable<(byte[] Packet, RtpHeader Header, long Delay)> Sound =>
        Arrived.Where(arrived => arrived.Header.PayloadType == TestPeer.AudioType);

    public IEnumerable<(byte[] Packet, RtpHeader Header, long Delay)> Video =>
        Arrived.Where(arrived => arrived.Header.PayloadType == TestPeer.VideoType);

    public int Lost { get; private set; }

    /// <summary>Packets taken over loopback.</summary>
    public int Taken { get; private set; }

    private long Now => time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Takes what has come over loopback onto the link.</summary>
    public int Take()
    {
        while (peer.TryReadRtp(out var packet))
        {
            Taken++;
            var start = Math.Max(Now, _linkFree);
            if (start - Now > LongestQueue)
            {
                Lost++;
                continue;
            }

            _linkFree = start + (long)(packet!.Length * 8e6 / BitsPerSecond);
            _link.Enqueue((packet, Now, _linkFree));
        }

        return Taken;
    }

    /// <summary>Takes what leaves the link now, and reports on it when it is time.</summary>
    public void Step()
    {
        while (_link.TryPeek(out var next) && next.At <= Now)
        {
            _link.Dequeue();
            RtpHeader.TryParse(next.Packet, out var header);
            Arrived.Add((next.Packet, header, next.At - next.SentAt));
            if (HeaderExtension.TryFind(next.Packet, header, TestPeer.ArrivalExtension, out var number))
            {
                _feedback.Record(BinaryPrimitives.ReadUInt16BigEndian(number), next.At);
            }
        }

        if (Now >= _nextReport)
        {
            _nextReport = Now + ReportInterval;
            Report();
        }
    }

    /// <summary>Whatever was changed or held back: no number is missing or comes twice, no timestamp goes back.</summary>
    public void ShouldHaveSeenOneStream()
    {
        var video = Video.Select(arrived => arrived.Header).ToList();
        video.Zip(video.Skip(1)).ShouldAllBe(pair => (ushort)(pair.First.SequenceNumber + 1) == pair.Second.SequenceNumber);
        video.Zip(video.Skip(1)).ShouldAllBe(pair => (int)(pair.Second.Timestamp - pair.First.Timestamp) >= 0);
    }

    private void Report()
    {
        var buffer = new byte[1200];
        while (_feedback.Pending > 0)
        {
            var writer = new RtcpWriter(buffer);
            if (!_feedback.TryWrite(ref writer, 1, 2, Now))
            {
                return;
            }

            peer.SendRtcp(buffer.AsSpan(0, writer.Length));
        }
    }
}
