using Xunke.Streaming.Rtp;

namespace Xunke.Streaming.Rtcp;

/// <summary>What was received of one source, as a receiver report tells it (RFC 3550 6.4.1, A.3, A.8).</summary>
/// <param name="clockRate">The source's RTP clock, in Hz.</param>
internal sealed class ReceptionStatistics(int clockRate)
{
    // Counting starts one cycle up, so that a packet from before the first one still has a positive index.
    private const long FirstCycle = 1 << 16;

    private long _base = -1;
    private long _expectedBefore;
    private long _receivedBefore;
    private long _lastTransit;
    private double _jitter;
    private bool _hasTransit;

    /// <summary>Packets received.</summary>
    public long Received { get; private set; }

    /// <summary>The extended sequence number of the newest packet; -1 before the first.</summary>
    public long Highest { get; private set; } = -1;

    /// <summary>Packets that have not come; 0 or more.</summary>
    public long Lost => Math.Max(0, Expected - Received);

    /// <summary>The interarrival jitter.</summary>
    public TimeSpan Jitter => TimeSpan.FromSeconds(_jitter / clockRate);

    private long Expected => _base < 0 ? 0 : Highest - _base + 1;

    /// <summary>The extended sequence number of a packet that has come: RFC 3550's cycles and sequence number in one.</summary>
    public long Extend(ushort sequenceNumber) => Highest < 0 ? FirstCycle + sequenceNumber : SequenceNumber.Extend(Highest, sequenceNumber);

    /// <summary>Counts a packet.</summary>
    /// <param name="timestamp">Its RTP timestamp.</param>
    /// <param name="now">When it came, in microseconds.</param>
    /// <param name="repaired">Whether it came on the stream of retransmissions, which is not the one reported on.</param>
    public void Record(long index, uint timestamp, long now, bool repaired = false)
    {
        Received += repaired ? 0 : 1;
        if (_base < 0 || index < _base)
        {
            _base = index;
        }

        if (index <= Highest)
        {
            // RFC 3550 asks for all packets, but a retransmission says nothing about the path's jitter.
            return;
        }

        Highest = index;
        if (repaired)
        {
            return;
        }

        var arrival = (long)(now * (clockRate / 1_000_000.0));
        var transit = arrival - timestamp;
        if (_hasTransit)
        {
            // The timestamp wraps, so only the low 32 bits of the difference mean anything.
            var difference = Math.Abs((long)(int)(uint)(transit - _lastTransit));
            _jitter += (difference - _jitter) / 16;
        }

        _lastTransit = transit;
        _hasTransit = true;
    }

    /// <summary>Makes a report block on what came since the last one.</summary>
    /// <param name="lastSenderReport">The middle bits of its last SR's NTP time, 0 before any.</param>
    /// <param name="sinceSenderReport">Since that SR came, in 1/65536 s.</param>
    public ReportBlock Report(uint ssrc, uint lastSenderReport, uint sinceSenderReport)
    {
        var expected = Expected - _expectedBefore;
        var lost = expected - (Received - _receivedBefore);
        _expectedBefore = Expected;
        _receivedBefore = Received;
        var fraction = expected <= 0 || lost <= 0 ? 0 : Math.Min(byte.MaxValue, (lost << 8) / expected);
        var cumulative = (int)Math.Clamp(Expected - Received, int.MinValue, int.MaxValue);
        return new ReportBlock(
            ssrc, (byte)fraction, cumulative, (uint)(Highest - FirstCycle), (uint)_jitter, lastSenderReport, sinceSenderReport);
    }
}
