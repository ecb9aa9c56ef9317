namespace Xunke.Web.Identity;

/// <summary>
/// Counts failures by key and says how long a key has to wait. Bounded: when it is full, the key that failed longest ago is
/// forgotten. Not for several threads at once.
/// </summary>
/// <param name="free">Failures after which a key has to wait.</param>
/// <param name="memory">A key that has not failed for so long is forgotten; without waits of its own, so long after its first
/// failure.</param>
/// <param name="wait">The wait after that many failures and more, from 1; null: until the key is forgotten.</param>
internal sealed class FailureTable(int free, TimeSpan memory, Func<int, TimeSpan>? wait)
{
    private const int Capacity = 20_000;

    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _oldestFirst = new();

    private sealed record Entry(string Key, int Failures, DateTimeOffset First, DateTimeOffset Last, DateTimeOffset Until);

    /// <summary>How long the key has to wait; zero or less: not at all.</summary>
    public TimeSpan WaitOf(string key, DateTimeOffset now) => Find(key, now) is { } entry ? entry.Until - now : TimeSpan.Zero;

    /// <summary>Counts a failure.</summary>
    public void Add(string key, DateTimeOffset now)
    {
        Entry? before = Find(key, now);
        int failures = (before?.Failures ?? 0) + 1;
        DateTimeOffset first = before?.First ?? now;
        DateTimeOffset until = failures < free ? now : wait is null ? first + memory : now + wait(failures - free + 1);
        Put(new Entry(key, failures, first, now, until));
    }

    /// <summary>Takes one failure back.</summary>
    public void Remove(string key, DateTimeOffset now)
    {
        if (Find(key, now) is { } entry)
        {
            Put(entry with { Failures = Math.Max(0, entry.Failures - 1), Until = now });
        }
    }

    /// <summary>Forgets a key.</summary>
    public void Forget(string key)
    {
        if (_entries.Remove(key, out LinkedListNode<Entry>? node))
        {
            _oldestFirst.Remove(node);
        }
    }

    private Entry? Find(string key, DateTimeOffset now) =>
        _entries.TryGetValue(key, out LinkedListNode<Entry>? node)
        && (now - (wait is null ? node.Value.First : node.Value.Last)).Duration() < memory
            ? node.Value
            : null;

    private void Put(Entry entry)
    {
        Forget(entry.Key);
        if (_entries.Count >= Capacity)
        {
            Forget(_oldestFirst.First!.Value.Key);
        }

        _entries[entry.Key] = _oldestFirst.AddLast(entry);
    }
}
