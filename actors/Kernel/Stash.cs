using System.Diagnostics.CodeAnalysis;

namespace Xunke.Actors.Kernel;

/// <summary>Messages set aside for later, and those that were fetched back and now come before the mailbox.</summary>
internal sealed class Stash<TMessage>(int capacity)
{
    private readonly Queue<TMessage> _aside = new();
    private readonly Queue<TMessage> _fetched = new();

    public bool TryAdd(TMessage message)
    {
        if (_aside.Count + _fetched.Count >= capacity)
        {
            return false;
        }

        _aside.Enqueue(message);
        return true;
    }

    public void UnstashAll()
    {
        while (_aside.TryDequeue(out var message))
        {
            _fetched.Enqueue(message);
        }
    }

    public bool TryTake([MaybeNullWhen(false)] out TMessage message) => _fetched.TryDequeue(out message);
}
