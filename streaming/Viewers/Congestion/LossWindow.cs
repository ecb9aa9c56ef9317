namespace Xunke.Streaming.Viewers.Congestion;

/// <summary>
/// How much of what was sent gets lost, over two hundred packets at a time. A packet is judged only when later ones have
/// been reported on for a while, because one that is merely late is reported as lost at first. Times are in microseconds.
/// </summary>
internal sealed class LossWindow(SentHistory sent)
{
    private const int Sample = 200;
    private const int Patience = 50;

    private long _next;
    private long _startedAt;
    private long _bytes;
    private int _received;
    private int _lost;

    /// <summary>
    /// A report got lost. What earlier ones called lost may have been late only, and this one may have taken it back:
    /// nothing is known of it.
    /// </summary>
    /// <param name="until">The first packet that the next report tells of.</param>
    public void Doubt(long until)
    {
        for (var number = Math.Max(_next, sent.Oldest); number < until; number++)
        {
            ref var fate = ref sent[number].Fate;
            fate = fate == SentHistory.Fate.Lost ? SentHistory.Fate.Unknown : fate;
        }
    }

    /// <summary>Closes a window when enough packets can be judged.</summary>
    /// <param name="reportedUntil">The number after the newest packet reported on.</param>
    /// <param name="loss">0..1.</param>
    public bool TryClose(long reportedUntil, out double loss, out long deliveredBitsPerSecond)
    {
        (loss, deliveredBitsPerSecond) = (0, 0);
        _next = Math.Max(_next, sent.Oldest);
        for (; _next < reportedUntil - Patience; _next++)
        {
            ref var packet = ref sent[_next];
            var counted = _received + _lost;
            if (counted == 0)
            {
                (_startedAt, _bytes) = (packet.SentAt, 0);
            }
            else if (counted >= Sample && packet.SentAt > _startedAt)
            {
                loss = _lost / (double)counted;
                deliveredBitsPerSecond = (long)((1 - loss) * _bytes * 8e6 / (packet.SentAt - _startedAt));
                (_received, _lost) = (0, 0);
                return true;
            }

            // A packet whose report got lost counts as the others.
            _bytes += packet.Bytes;
            _received += packet.Fate == SentHistory.Fate.Received ? 1 : 0;
            _lost += packet.Fate == SentHistory.Fate.Lost ? 1 : 0;
        }

        return false;
    }
}
