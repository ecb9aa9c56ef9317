using Xunke.Streaming.Rtcp;

namespace Xunke.Streaming.Viewers.Congestion;

/// <summary>
/// What a path to a viewer carries, learnt from transport-wide feedback. The edge sends what the publisher gives, in
/// few steps (a layer, or none), so it need not find the last kilobit as an encoder's controller must
/// (draft-ietf-rmcat-gcc-02): it takes note only of proof. A standing queue, or heavy loss, proves that the path
/// carries what came out at its far end and no more; delivery without a queue proves that it carries this much at
/// least; and a train of padding measures whether it would carry more.
/// </summary>
/// <remarks>
/// Not REMB: a browser's own estimate never exceeds one and a half times what arrives, so that of a viewer whose video
/// is paused could not recover. Allocates nothing after construction. Times are in microseconds.
/// </remarks>
internal sealed class PathEstimate
{
    // The least delay of a report's packets is looked at, so that jitter and reordering alone make no queue.
    private const long QueueNoticed = 50_000;
    private const long QueueTooLong = 100_000;
    private const long QueueStanding = 200_000;

    // The draft slows down above 10 %; with steps as large as a layer a false alarm costs more than it does there.
    private const double TooMuchLoss = 0.15;

    // What is left free lets the queue drain (the draft's beta).
    private const double Backoff = 0.9;

    private const long DeliveryWindow = 1_000_000;
    private const int ReferenceUnit = 64_000;

    private readonly SentHistory _sent = new();
    private readonly BaseDelay _base = new();
    private readonly ProbeTrain _probe = new();
    private readonly LossWindow _loss;
    private Delivery _busy;
    private Delivery _free;
    private long _reports;
    private byte _lastReport;
    private long _expected = -1;
    private long _reference = -1;
    private long _lastArrival = long.MinValue;

    public PathEstimate() => _loss = new LossWindow(_sent);

    /// <summary>RTP bits per second, headers counted; null while nothing has shown a limit.</summary>
    public long? BitsPerSecond { get; private set; }

    /// <summary>How often the path was found overloaded.</summary>
    public long Overloads { get; private set; }

    /// <summary>How long the newest report's packets waited in queues at least.</summary>
    public TimeSpan Queue { get; private set; }

    /// <summary>Whether a train of padding is under way.</summary>
    public bool IsProbing => _probe.IsActive;

    /// <summary>Notes that a packet leaves.</summary>
    /// <param name="bytes">Its length as RTP.</param>
    /// <returns>Its transport-wide sequence number.</returns>
    public ushort Send(int bytes, long now)
    {
        var number = _sent.Next;
        _sent.Add(bytes, now);
        return (ushort)number;
    }

    /// <summary>The next <paramref name="packets"/> packets are a train of padding, sent all at once.</summary>
    public void Probe(int packets, long now) => _probe.Start(_sent.Next, packets, now);

    /// <summary>Gives a train up whose report does not come.</summary>
    public void Tick(long now) => _probe.Tick(now);

    /// <summary>Learns from a transport-wide feedback packet.</summary>
    public void Receive(in RtcpPacket packet, long now)
    {
        var reader = new ArrivalReader(packet);
        if (!_sent.TryGetNumber(reader.First, out var first))
        {
            return;
        }

        if (_reports++ > 0 && reader.Count != (byte)(_lastReport + 1))
        {
            _loss.Doubt(Math.Max(first, _expected));
        }

        _lastReport = reader.Count;
        if (first > _expected)
        {
            // A report got lost, and with it what came meanwhile.
            _busy = _free = default;
            _lastArrival = long.MinValue;
        }

        var reference = Unwrap(reader.Reference) * ReferenceUnit;
        long queue = long.MaxValue, newest = long.MinValue;
        var bytes = 0;
        while (reader.TryRead(out var sequenceNumber, out var arrival))
        {
            if (!_sent.TryGetNumber(sequenceNumber, out var number))
            {
                continue;
            }

            _expected = Math.Max(_expected, number + 1);
            ref var sent = ref _sent[number];
            if (sent.Fate == SentHistory.Fate.Received)
            {
                continue;
            }

            if (arrival == ArrivalReader.NotReceived)
            {
                sent.Fate = SentHistory.Fate.Lost;
                continue;
            }

            sent.Fate = SentHistory.Fate.Received;
            arrival += reference;
            queue = Math.Min(queue, _base.Queued(arrival - sent.SentAt, now));
            newest = Math.Max(newest, arrival);
            bytes += sent.Bytes;
            if (_probe.Contains(number))
            {
                _probe.Received(arrival, sent.Bytes);
            }
        }

        if (newest > long.MinValue)
        {
            JudgeQueue(queue, bytes, newest);
        }

        while (_loss.TryClose(_expected, out var loss, out var delivered))
        {
            if (loss > TooMuchLoss)
            {
                Limit(delivered);
            }
        }

        if (_probe.TryFinish(_expected, out var measured) && measured > (BitsPerSecond ?? long.MaxValue))
        {
            BitsPerSecond = measured;
        }
    }

    private void JudgeQueue(long queue, int bytes, long newest)
    {
        Queue = TimeSpan.FromMicroseconds(queue);
        var elapsed = _lastArrival == long.MinValue ? 0 : Math.Max(0, newest - _lastArrival);
        _lastArrival = Math.Max(_lastArrival, newest);
        if (elapsed == 0)
        {
            return;
        }

        if (queue < QueueNoticed)
        {
            _busy = default;
            _free.Add(bytes, elapsed);
            if (_free.Time >= DeliveryWindow)
            {
                // At least this much goes through.
                BitsPerSecond = BitsPerSecond is { } known ? Math.Max(known, _free.BitsPerSecond) : null;
                _free = default;
            }

            return;
        }

        _free = default;
        _busy.Add(bytes, elapsed);
        if (queue >= QueueTooLong && _busy.Time >= QueueStanding)
        {
            Limit(_busy.BitsPerSecond);
            _busy = default;
        }
    }

    private void Limit(long delivered)
    {
        BitsPerSecond = (long)(Backoff * delivered);
        Overloads++;
    }

    // The 24-bit reference time wraps after twelve days.
    private long Unwrap(int reference)
    {
        _reference = _reference < 0 ? reference : _reference + ((int)((uint)(reference - _reference) << 8) >> 8);
        return _reference;
    }

    private struct Delivery
    {
        public long Bytes;
        public long Time;

        public readonly long BitsPerSecond => Bytes * 8 * 1_000_000 / Time;

        public void Add(int bytes, long time)
        {
            Bytes += bytes;
            Time += time;
        }
    }
}
