using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Xunke.Actors.Kernel;

/// <summary>
/// Runs a cell on the thread pool, one turn at a time: all system messages first, then user messages up to the budget.
/// An idle cell holds no thread; telling a busy one costs its queue's lock and one read.
/// </summary>
internal sealed class Mailbox<TMessage> : IThreadPoolWorkItem
    where TMessage : notnull
{
    private const int Idle = 0;
    private const int Scheduled = 1;

    private readonly ActorCell<TMessage> _cell;
    private readonly MessageQueue<TMessage> _messages;
    private readonly ConcurrentQueue<SystemMessage> _systemMessages = new();
    private readonly int _throughput;
    private int _systemWaiting;
    private int _status;

    public Mailbox(ActorCell<TMessage> cell, MailboxOptions<TMessage> options, Action<TMessage> dropped)
    {
        _cell = cell;
        _messages = MessageQueue<TMessage>.Create(options, dropped);
        _throughput = options.Throughput;
    }

    public int Waiting => _messages.Count;

    public bool TryPost(TMessage message)
    {
        if (!_messages.TryEnqueue(message))
        {
            return false;
        }

        Schedule();
        return true;
    }

    public void Post(SystemMessage message)
    {
        _systemMessages.Enqueue(message);
        Interlocked.Increment(ref _systemWaiting);
        Schedule();
    }

    public bool TryTake([MaybeNullWhen(false)] out TMessage message) => _messages.TryDequeue(out message);

    // The cell turns every exception of its actor into a failure, so the turn's task never faults.
    void IThreadPoolWorkItem.Execute() => _ = RunTurnAsync();

    private async Task RunTurnAsync()
    {
        for (var budget = _throughput; budget > 0; budget--)
        {
            while (Volatile.Read(ref _systemWaiting) > 0 && _systemMessages.TryDequeue(out var systemMessage))
            {
                Interlocked.Decrement(ref _systemWaiting);
                await _cell.HandleAsync(systemMessage).ConfigureAwait(false);
            }

            if (!_cell.TryNext(out var message))
            {
                EndTurn();
                return;
            }

            try
            {
                await _cell.HandleAsync(message).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                _cell.Fail(failure);
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private void EndTurn()
    {
        Volatile.Write(ref _status, Idle);
        // Pairs with the barrier in Schedule: either a sender sees "idle", or its message is seen here.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _systemWaiting) > 0 || (_cell.TakesMessages && _messages.Count > 0))
        {
            Schedule();
        }
    }

    private void Schedule()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _status) == Idle && Interlocked.CompareExchange(ref _status, Scheduled, Idle) == Idle)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }
}
