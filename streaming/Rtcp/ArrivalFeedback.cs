using System.Buffers.Binary;

namespace Xunke.Streaming.Rtcp;

/// <summary>
/// Remembers when packets with a transport-wide sequence number arrived, and writes the feedback from which the
/// sender estimates its bandwidth (draft-holmer-rmcat-transport-wide-cc-extensions-01, 3.1). Holds the newest
/// <see cref="Window"/> numbers; allocates nothing after construction. Where packets come out of order, a missing one
/// is not reported before it is later than they usually are: a sender takes it for lost, and lost ones for congestion.
/// </summary>
internal sealed class ArrivalFeedback
{
    /// <summary>The URI of the header extension that carries the transport-wide sequence number.</summary>
    public const string ExtensionUri = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

    /// <summary>The feedback format in a transport feedback packet.</summary>
    public const int Format = 15;

    private const int Window = 1024;

    // Counting starts one cycle up, so that a packet from before the first one still has a positive index.
    private const long FirstCycle = 1 << 16;

    // Bounds one feedback packet: at most 400 symbols and 400 two-byte deltas stay under 1000 bytes.
    private const int MaxStatuses = 400;
    private const int DeltaUnit = 250;
    private const int ReferenceUnit = 64_000;
    private const int RunLengthFrom = 14;
    private const int MaxReportable = 500;
    private const long NotReceived = long.MinValue;
    private const long MostPatience = 100_000;

    private const int SymbolNotReceived = 0;
    private const int SymbolSmallDelta = 1;
    private const int SymbolLargeDelta = 2;

    private readonly long[] _arrivals = new long[Window];
    private readonly long[] _missedSince = new long[Window];
    private readonly byte[] _symbols = new byte[MaxStatuses];
    private readonly short[] _deltas = new short[MaxStatuses];
    private long _next;
    private long _highest = -1;
    private long _patience;
    private byte _feedbackCount;

    /// <summary>Packets recorded since the last feedback.</summary>
    public int Pending { get; private set; }

    /// <summary>Notes an arrival.</summary>
    /// <param name="sequenceNumber">The transport-wide sequence number.</param>
    /// <param name="microseconds">When it arrived, on any steady clock.</param>
    public void Record(ushort sequenceNumber, long microseconds)
    {
        if (_highest < 0)
        {
            _highest = _next = FirstCycle + sequenceNumber;
            _arrivals.AsSpan().Fill(NotReceived);
        }

        var index = Rtp.SequenceNumber.Extend(_highest, sequenceNumber);
        if (index > _highest)
        {
            if (index - _highest > MaxReportable)
            {
                // The sender jumped: what lay between was never sent.
                _arrivals.AsSpan().Fill(NotReceived);
                _next = index;
            }
            else
            {
                for (var skipped = _highest + 1; skipped < index; skipped++)
                {
                    _arrivals[skipped % Window] = NotReceived;
                    _missedSince[skipped % Window] = microseconds;
                }
            }

            _highest = index;
        }
        else if (_highest - index >= MaxReportable)
        {
            return;
        }
        else if (index < _highest && _arrivals[index % Window] == NotReceived)
        {
            // The latest of late, slowly forgotten.
            var lateness = Math.Min(MostPatience, microseconds - _missedSince[index % Window]);
            _patience = Math.Max(lateness, _patience - (_patience / 64));
        }

        _arrivals[index % Window] = index == _highest ? microseconds : ArrivalAfter(index);
        // A packet that was reported as lost and came after all is reported again.
        _next = Math.Min(_next, index);
        Pending++;
    }

    /// <summary>Appends one feedback packet, if anything is to be reported. Call until it returns false.</summary>
    /// <param name="writer">Must have 1100 bytes free.</param>
    /// <param name="now">On the clock of <see cref="Record"/>.</param>
    public bool TryWrite(ref RtcpWriter writer, uint ssrc, uint media, long now)
    {
        var last = Reportable(now, out var first);
        if (Pending == 0 || last < _next)
        {
            return false;
        }

        var reference = Math.DivRem(_arrivals[first % Window], ReferenceUnit, out var remainder);
        reference -= remainder < 0 ? 1 : 0;
        var count = Encode(last, reference * ReferenceUnit, out var deltaBytes);
        Write(ref writer, ssrc, media, count, deltaBytes, reference);
        _next += count;
        if (_next > _highest)
        {
            Pending = 0;
        }

        return true;
    }

    // A packet that was overtaken did not wait in the queue that the other passed, and a queue is what the sender's
    // estimate looks for: it is told the other's time. Where nothing overtakes, as on a congested line, nothing changes.
    private long ArrivalAfter(long index)
    {
        do
        {
            index++;
        }
        while (_arrivals[index % Window] == NotReceived);

        return _arrivals[index % Window];
    }

    // The last packet before the first that may still come; the first that has come lies before it, or nothing is to be told.
    private long Reportable(long now, out long firstArrived)
    {
        firstArrived = -1;
        var last = _next - 1;
        for (var index = _next; index <= _highest; index++)
        {
            if (_arrivals[index % Window] != NotReceived)
            {
                firstArrived = firstArrived < 0 ? index : firstArrived;
                last = index;
            }
            else if (now - _missedSince[index % Window] < _patience)
            {
                break;
            }
        }

        return last;
    }

    private int Encode(long last, long previous, out int deltaBytes)
    {
        var count = 0;
        deltaBytes = 0;
        for (var index = _next; index <= last && count < MaxStatuses; index++, count++)
        {
            var arrival = _arrivals[index % Window];
            if (arrival == NotReceived)
            {
                _symbols[count] = SymbolNotReceived;
                continue;
            }

            var delta = (long)Math.Round((arrival - previous) / (double)DeltaUnit);
            if (delta is < short.MinValue or > short.MaxValue)
            {
                // Too far from the last one: the next feedback starts here with a reference time of its own.
                break;
            }

            _deltas[count] = (short)delta;
            _symbols[count] = delta is >= 0 and <= byte.MaxValue ? (byte)SymbolSmallDelta : (byte)SymbolLargeDelta;
            deltaBytes += _symbols[count];
            previous += delta * DeltaUnit;
        }

        return count;
    }

    private void Write(ref RtcpWriter writer, uint ssrc, uint media, int count, int deltaBytes, long reference)
    {
        Span<ushort> chunks = stackalloc ushort[MaxStatuses / 7 + 1];
        var chunkCount = WriteChunks(_symbols.AsSpan(0, count), chunks);
        var length = 8 + (2 * chunkCount) + deltaBytes;
        var padded = (length + 3) & ~3;
        var body = writer.Feedback(RtcpType.TransportFeedback, Format, ssrc, media, padded);
        BinaryPrimitives.WriteUInt16BigEndian(body, (ushort)_next);
        BinaryPrimitives.WriteUInt16BigEndian(body[2..], (ushort)count);
        BinaryPrimitives.WriteUInt32BigEndian(body[4..], ((uint)reference << 8) | _feedbackCount++);
        var offset = 8;
        foreach (var chunk in chunks[..chunkCount])
        {
            BinaryPrimitives.WriteUInt16BigEndian(body[offset..], chunk);
            offset += 2;
        }

        for (var i = 0; i < count; i++)
        {
            if (_symbols[i] == SymbolSmallDelta)
            {
                body[offset++] = (byte)_deltas[i];
            }
            else if (_symbols[i] == SymbolLargeDelta)
            {
                BinaryPrimitives.WriteInt16BigEndian(body[offset..], _deltas[i]);
                offset += 2;
            }
        }

        body[offset..].Clear();
    }

    // Packet status chunks, 3.1.3 and 3.1.4: a run length chunk where many symbols are alike, else seven two-bit symbols.
    private static int WriteChunks(ReadOnlySpan<byte> symbols, Span<ushort> chunks)
    {
        var written = 0;
        while (!symbols.IsEmpty)
        {
            var run = symbols.IndexOfAnyExcept(symbols[0]);
            run = run < 0 ? symbols.Length : run;
            if (run >= RunLengthFrom)
            {
                chunks[written++] = (ushort)((symbols[0] << 13) | run);
                symbols = symbols[run..];
                continue;
            }

            var chunk = 0xC000;
            var taken = Math.Min(7, symbols.Length);
            for (var i = 0; i < taken; i++)
            {
                chunk |= symbols[i] << (12 - (2 * i));
            }

            chunks[written++] = (ushort)chunk;
            symbols = symbols[taken..];
        }

        return written;
    }
}
