namespace Xunke.Actors.Alerts.Messages;

/// <summary>
/// Keeps each address within what its service takes, in memory: after a restart a minute may hold up to twice as much, which the services
/// refuse and the outbox tries again. Callable from any thread.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class SendPace(TimeProvider time)
{
    private const int MostAddresses = 10_000;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> _sent = new(StringComparer.Ordinal);

    /// <summary>Messages that a service takes in a minute, and in a second. A person's mail has no such limit.</summary>
    public static (int InMinute, int InSecond) LimitOf(AlertChannel channel) => channel switch
    {
        AlertChannel.WeCom or AlertChannel.DingTalk => (20, 20),
        AlertChannel.Feishu => (100, 5),
        _ => (int.MaxValue, int.MaxValue),
    };

    /// <summary>Takes a place for a message.</summary>
    /// <param name="channel">The service.</param>
    /// <param name="address">The address.</param>
    /// <returns>Zero: send it; otherwise how long to wait before asking again.</returns>
    public TimeSpan Take(AlertChannel channel, string address)
    {
        var (inMinute, inSecond) = LimitOf(channel);
        if (inMinute == int.MaxValue)
        {
            return TimeSpan.Zero;
        }

        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (_sent.Count >= MostAddresses)
            {
                Forget(now);
            }

            if (!_sent.TryGetValue(address, out var sent))
            {
                _sent.Add(address, sent = new Queue<DateTimeOffset>());
            }

            while (sent.TryPeek(out var first) && (now - first >= Minute || first > now))
            {
                sent.Dequeue();
            }

            var wait = sent.Count >= inMinute ? sent.Peek() + Minute - now
                : sent.Count >= inSecond && sent.ElementAt(sent.Count - inSecond) + Second > now
                    ? sent.ElementAt(sent.Count - inSecond) + Second - now
                : TimeSpan.Zero;
            if (wait == TimeSpan.Zero)
            {
                sent.Enqueue(now);
            }

            return wait;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (address, _) in _sent.Where(one => one.Value.All(at => now - at >= Minute)).ToList())
        {
            _sent.Remove(address);
        }
    }
}
