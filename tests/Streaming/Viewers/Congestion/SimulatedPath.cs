using System.Buffers.Binary;
using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Viewers.Congestion;

namespace Xunke.Tests.Streaming.Viewers.Congestion;

/// <summary>
/// A path in simulated time with one narrow link and a queue before it, a receiver whose clock is another one, and the
/// product's own writer of feedback as that receiver.
/// </summary>
internal sealed class SimulatedPath(PathEstimate estimate)
{
    private const long ReceiverClock = 7_000_000_000;
    private const long ReportInterval = 100_000;
    private const long BaseDelay = 10_000;

    private readonly ArrivalFeedback _feedback = new();
    private readonly PriorityQueue<(ushort Number, long At), long> _underWay = new();
    private readonly Random _random = new(7);
    private long _linkFree;
    private long _nextReport = ReportInterval;

    /// <summary>In microseconds.</summary>
    public long Now { get; private set; }

    /// <summary>What the link carries.</summary>
    public double BitsPerSecond { get; set; } = 100_000_000;

    /// <summary>What waits for longer is dropped.</summary>
    public long LongestQueue { get; set; } = 2_000_000;

    /// <summary>0..1.</summary>
    public double Loss { get; set; }

    /// <summary>Added to each packet's delay, up to this, which also reorders.</summary>
    public long Jitter { get; set; }

    /// <summary>0..1, of reports on their way back.</summary>
    public double ReportLoss { get; set; }

    /// <summary>Whether the receiver reports a packet as lost at once, as browsers do, and not only when it is late.</summary>
    public bool Hasty { get; set; }

    /// <summary>How much longer the longest packet was under way than an empty path takes.</summary>
    public long LongestDelay { get; set; }

    public void Send(int bytes)
    {
        var number = estimate.Send(bytes, Now);
        var start = Math.Max(Now, _linkFree);
        if (start - Now > LongestQueue || _random.NextDouble() < Loss)
        {
            return;
        }

        _linkFree = start + (long)(bytes * 8e6 / BitsPerSecond);
        LongestDelay = Math.Max(LongestDelay, _linkFree - Now);
        var arrival = _linkFree + BaseDelay + (Jitter == 0 ? 0 : _random.NextInt64(Jitter));
        _underWay.Enqueue((number, arrival), arrival);
    }

    /// <summary>Sends media for a while: frames of video at 15 a second beside sound at 40 kbit/s.</summary>
    public void Play(int videoBitsPerSecond, double seconds)
    {
        for (var end = Now + (long)(seconds * 1_000_000); Now < end;)
        {
            var frame = videoBitsPerSecond / 8 / 15;
            for (var sent = 0; sent < frame; sent += 1200)
            {
                Send(Math.Min(1200, frame - sent));
            }

            Send(100);
            Wait(22_222);
            Send(100);
            Wait(22_222);
            Send(100);
            Wait(22_222);
        }
    }

    public void Wait(long microseconds)
    {
        for (var end = Now + microseconds; Now < end; Now = Math.Min(end, Now + 1_000))
        {
            while (_underWay.TryPeek(out var packet, out var at) && at <= Now)
            {
                _underWay.Dequeue();
                _feedback.Record(packet.Number, packet.At + ReceiverClock);
            }

            if (Now >= _nextReport)
            {
                _nextReport += ReportInterval;
                Report();
            }
        }
    }

    private void Report()
    {
        var buffer = new byte[1500];
        while (_feedback.Pending > 0)
        {
            var writer = new RtcpWriter(buffer);
            if (!_feedback.TryWrite(ref writer, 1, 2, Now + ReceiverClock + (Hasty ? 1_000_000 : 0)))
            {
                return;
            }

            ReadOnlySpan<byte> compound = buffer.AsSpan(0, writer.Length);
            if (_random.NextDouble() >= ReportLoss && RtcpPacket.TryReadNext(ref compound, out var packet))
            {
                estimate.Receive(packet, Now);
            }
        }
    }
}
