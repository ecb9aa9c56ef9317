using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Xunke.Actors.Kernel;

/// <summary>The bounded queue of user messages behind a mailbox: many writers, one reader.</summary>
internal abstract class MessageQueue<TMessage>
    where TMessage : notnull
{
    /// <summary>Messages that wait.</summary>
    public abstract int Count { get; }

    /// <summary>Adds a message or, by the policy, makes room for it.</summary>
    /// <returns>False where it was not taken.</returns>
    public abstract bool TryEnqueue(TMessage message);

    /// <summary>Takes the message that is next.</summary>
    public abstract bool TryDequeue([MaybeNullWhen(false)] out TMessage message);

    /// <summary>Makes the queue that the options ask for.</summary>
    /// <param name="options">Capacity and policy.</param>
    /// <param name="dropped">Told of a message that made room for a newer one.</param>
    public static MessageQueue<TMessage> Create(MailboxOptions<TMessage> options, Action<TMessage> dropped) =>
        options.Policy == MailboxPolicy.LatestWins
            ? new LatestWinsQueue<TMessage>(options.Capacity, options.KeyOf)
            : new ChannelQueue<TMessage>(options, dropped);
}

/// <summary>First in, first out; rejects or drops the oldest when full.</summary>
internal sealed class ChannelQueue<TMessage>(MailboxOptions<TMessage> options, Action<TMessage> dropped) : MessageQueue<TMessage>
    where TMessage : notnull
{
    private readonly Channel<TMessage> _channel = Channel.CreateBounded(
        new BoundedChannelOptions(options.Capacity)
        {
            SingleReader = true,
            // Only TryWrite is used, which fails at once where a "waiting" channel is full.
            FullMode = options.Policy == MailboxPolicy.DropOldest ? BoundedChannelFullMode.DropOldest : BoundedChannelFullMode.Wait,
        },
        dropped);

    public override int Count => _channel.Reader.Count;

    public override bool TryEnqueue(TMessage message) => _channel.Writer.TryWrite(message);

    public override bool TryDequeue([MaybeNullWhen(false)] out TMessage message) => _channel.Reader.TryRead(out message);
}

/// <summary>
/// A ring in which a message replaces the waiting one of its key. The newcomer inherits the place in the order, so a
/// key that is written often cannot starve itself.
/// </summary>
internal sealed class LatestWinsQueue<TMessage>(int capacity, Func<TMessage, object?> keyOf) : MessageQueue<TMessage>
    where TMessage : notnull
{
    private readonly Lock _gate = new();
    private readonly (TMessage? Message, object? Key)[] _ring = new (TMessage?, object?)[capacity];
    private readonly Dictionary<object, int> _placeOfKey = [];
    private int _head;
    private int _count;

    public override int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    public override bool TryEnqueue(TMessage message)
    {
        var key = keyOf(message);
        lock (_gate)
        {
            if (key is not null && _placeOfKey.TryGetValue(key, out var place))
            {
                _ring[place].Message = message;
                return true;
            }

            if (_count == _ring.Length)
            {
                return false;
            }

            place = (_head + _count++) % _ring.Length;
            _ring[place] = (message, key);
            if (key is not null)
            {
                _placeOfKey.Add(key, place);
            }

            return true;
        }
    }

    public override bool TryDequeue([MaybeNullWhen(false)] out TMessage message)
    {
        lock (_gate)
        {
            if (_count == 0)
            {
                message = default;
                return false;
            }

            (message, var key) = _ring[_head];
            _ring[_head] = default;
            _head = (_head + 1) % _ring.Length;
            _count--;
            if (key is not null)
            {
                _placeOfKey.Remove(key);
            }

            return message is not null;
        }
    }
}
