using System.Threading.Channels;
using Xunke.Streaming.Codecs.AccessUnits;

namespace Xunke.Streaming.Decoding.Workers;

/// <summary>What waits to be written to one worker process: bounded in units and bytes, a unit too many is refused.</summary>
internal sealed class WorkerQueue
{
    private readonly Channel<Entry> _channel;
    private readonly int _bytesLimit;
    private long _bytes;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="bytes">The most bytes of data.</param>
    public WorkerQueue(int units, int bytes)
    {
        _bytesLimit = bytes;
        _channel = Channel.CreateBounded<Entry>(
            new BoundedChannelOptions(units) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    }

    /// <summary>Offers a unit, whose message header is already in its head room.</summary>
    /// <param name="unit">The unit; the queue owns it when it was taken.</param>
    /// <returns>False when the queue is full or closed.</returns>
    public bool TryAdd(AccessUnit unit)
    {
        var length = unit.Length;
        if (Interlocked.Add(ref _bytes, length) <= _bytesLimit && _channel.Writer.TryWrite(new Entry(unit, 0)))
        {
            return true;
        }

        Interlocked.Add(ref _bytes, -length);
        return false;
    }

    /// <summary>Offers word that a room is watched no more.</summary>
    /// <returns>False when the queue is full or closed: the worker then keeps an idle decoder until it ends.</returns>
    public bool TryAddForget(uint room) => _channel.Writer.TryWrite(new Entry(null, room));

    /// <summary>Waits until there is something to take.</summary>
    /// <returns>False when the queue is closed and empty.</returns>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _channel.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Takes the oldest entry.</summary>
    /// <param name="unit">A unit that the caller now owns, or null when a room is to be forgotten.</param>
    public bool TryTake(out AccessUnit? unit, out uint forgotten)
    {
        var taken = _channel.Reader.TryRead(out var entry);
        (unit, forgotten) = entry;
        Interlocked.Add(ref _bytes, -(unit?.Length ?? 0));
        return taken;
    }

    /// <summary>Refuses more and gives back what is left.</summary>
    public void Close()
    {
        _channel.Writer.TryComplete();
        while (TryTake(out var unit, out _))
        {
            unit?.Return();
        }
    }

    private readonly record struct Entry(AccessUnit? Unit, uint Forgotten);
}
