namespace Xunke.Streaming.Rtp;

/// <summary>
/// Which packets of a source are missing, and when to ask for each of them (RFC 4585 6.2.1): once they are later than
/// packets of this source usually are, then again until it comes, for a bounded time.
/// Allocates nothing after construction.
/// </summary>
internal sealed class MissingPackets
{
    /// <summary>How many packets may be missing at once. More than that is an outage, which only a key frame repairs.</summary>
    public const int Capacity = 256;

    private const long LeastAllowance = 5_000;
    private const long MostAllowance = 50_000;
    private const long FirstRoundTrip = 60_000;
    private const long ShortestRound = 20_000;
    private const long LongestRound = 300_000;

    // Less than between two ticks, so that each of them asks.
    private const long EagerSpacing = 15_000;

    // How many rounds of asking are made, how many are worth waiting for, and the ticks at which the asking is done.
    private const int MaxRounds = 8;
    private const int WorthwhileRounds = 4;
    private const long LeastPersistence = 500_000;
    private const long TickSlack = 40_000;
    private const long LeastPatience = 150_000;
    private const long MostPatience = 1_000_000;

    // Over how many answers it is judged whether the sender answers every request, and what share of them must have come
    // more than once. Each counts once, or a sender that probes the path with copies of one packet would be taken for such.
    private const int JudgedAnswers = 16;
    private const double ManyRepeated = 0.75;
    private const long Counted = -1;

    private readonly Entry[] _entries = new Entry[Capacity];
    private readonly long[] _answered = [.. Enumerable.Repeat(Counted, JudgedAnswers)];
    private int _count;
    private long _roundTrip = FirstRoundTrip;
    private long _lateness;
    private bool _told;
    private int _answers;
    private double _repeated;
    private bool _answersAll;

    /// <summary>How many are missing now.</summary>
    public int Count => _count;

    /// <summary>The round trip to the sender, smoothed, in microseconds.</summary>
    public long RoundTrip => _roundTrip;

    /// <summary>How long a receiver that wants packets in order should wait for a missing one, in microseconds.</summary>
    public long Patience => Math.Clamp(Allowance + TickSlack + (WorthwhileRounds * Round), LeastPatience, MostPatience);

    // One round of asking: the answer may be as late as any packet.
    private long Round => Math.Clamp((_roundTrip * 3 / 2) + Allowance, ShortestRound, LongestRound);

    // libwebrtc, as in every browser, resends a packet at most once per round trip, so asking it often costs nothing and
    // makes up for lost requests. A sender that answers every request, or reports no round trip, is asked once per round:
    // otherwise its answers could not be timed.
    private long Spacing => _told && !_answersAll ? EagerSpacing : Round;

    private long Persistence => Math.Max(LeastPersistence, MaxRounds * Round);

    private long Allowance => Math.Clamp(2 * _lateness, LeastAllowance, MostAllowance);

    /// <summary>Notes that all between two packets is missing.</summary>
    /// <param name="index">The packet that has come, more than one later.</param>
    /// <returns>False when too much is missing; everything is given up then.</returns>
    public bool TryAddGap(long previous, long index, long now)
    {
        if (index - previous - 1 > Capacity - _count)
        {
            _count = 0;
            return false;
        }

        for (var missing = previous + 1; missing < index; missing++)
        {
            _entries[_count++] = new Entry { Index = missing, Noticed = now };
        }

        return true;
    }

    /// <summary>Forgets everything; another source follows.</summary>
    public void Clear() => _count = 0;

    /// <summary>
    /// Notes a round trip measured elsewhere. From then on answers no longer count as measurements: a sender that probes
    /// the path repeats packets unasked, which look like answers in no time.
    /// </summary>
    /// <param name="microseconds">0 or more.</param>
    public void NoteRoundTrip(long microseconds)
    {
        _roundTrip += (microseconds - _roundTrip) / (_told ? 8 : 1);
        _told = true;
    }

    /// <summary>Notes that a packet has come late.</summary>
    /// <param name="answered">Whether that may be for the asking, and not for a long way.</param>
    /// <returns>
    /// How late a packet that was lost as well may come, in microseconds: after another two rounds of asking. 0 when this
    /// one was not lost.
    /// </returns>
    public long Remove(long index, long now, bool answered)
    {
        for (var i = 0; i < _count; i++)
        {
            ref var entry = ref _entries[i];
            if (entry.Index != index)
            {
                continue;
            }

            var late = now - entry.Noticed;
            var lost = answered && entry.Requests > 0;
            if (lost)
            {
                NoteAnswer(index);
            }

            if (lost && entry.Requests == 1 && !_told)
            {
                // With several requests it is unknown which one was answered.
                _roundTrip += (now - entry.Requested - _roundTrip) / 8;
            }

            // Losses draw the allowance back, or one burst of reordering would delay all requests for good.
            _lateness += ((lost ? 0 : late) - _lateness) / 8;
            _entries.AsSpan(i + 1, _count - i - 1).CopyTo(_entries.AsSpan(i));
            _count--;
            return lost ? late + (2 * Round) : 0;
        }

        // Already here: a second answer to the same request, or a copy that probes the path.
        if (answered && Array.IndexOf(_answered, index) is >= 0 and var place)
        {
            _answered[place] = Counted;
            _repeated += 1.0 / JudgedAnswers;
            _answersAll |= _repeated >= ManyRepeated;
        }

        return 0;
    }

    /// <summary>Collects what is to be asked for now, in rising order.</summary>
    /// <param name="result">Receives the sequence numbers; at least <see cref="Capacity"/>.</param>
    /// <returns>How many.</returns>
    public int Collect(long now, Span<ushort> result, out bool abandoned)
    {
        var (spacing, allowance, persistence) = (Spacing, Allowance, Persistence);
        int kept = 0, asked = 0;
        abandoned = false;
        for (var i = 0; i < _count; i++)
        {
            var entry = _entries[i];
            var due = entry.Requests == 0 ? entry.Noticed + allowance : entry.Requested + spacing;
            if (now >= due)
            {
                if (now - entry.Noticed >= persistence)
                {
                    abandoned = true;
                    continue;
                }

                entry.Requests++;
                entry.Requested = now;
                result[asked++] = (ushort)entry.Index;
            }

            _entries[kept++] = entry;
        }

        _count = kept;
        return asked;
    }

    private void NoteAnswer(long index)
    {
        _answered[_answers++ % JudgedAnswers] = index;
        _repeated -= _repeated / JudgedAnswers;
    }

    private struct Entry
    {
        public long Index;
        public long Noticed;
        public long Requested;
        public int Requests;
    }
}
