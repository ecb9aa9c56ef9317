using System.Runtime.InteropServices;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using Akka.Event;

namespace Xunke.Actors.Messaging;

/// <summary>The mailbox of one kind of actor.</summary>
/// <param name="Name">Names it among the others of the system.</param>
/// <param name="Capacity">Most messages without a key that wait; of those with one (<see cref="INewestWins"/>), one a key waits.</param>
public sealed record MailboxBound(string Name, int Capacity)
{
    /// <summary>Where the system's configuration has it.</summary>
    internal string Id => $"mailboxes.{Name}";

    /// <summary>The configuration.</summary>
    internal string Hocon =>
        $$"""{{Id}} { mailbox-type = "{{typeof(BoundedMailbox).AssemblyQualifiedName}}", mailbox-capacity = {{Capacity}} }""";
}

/// <summary>Makes the queue of a <see cref="MailboxBound"/>.</summary>
internal sealed class BoundedMailbox(Settings settings, Config config) : MailboxType(settings, config), IProducesMessageQueue<BoundedQueue>
{
    private readonly int _capacity = config.GetInt("mailbox-capacity");

    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new BoundedQueue(_capacity, system.EventStream);
}

/// <summary>
/// Messages in order of arrival. One with a key takes the place of the one that waits, and inherits its place in the order,
/// so that a key that is written often cannot starve itself; any other that does not fit is a dead letter. What the actor
/// told itself and Akka's own messages always fit and come first: their number is bounded by the actor's own timers and tasks.
/// </summary>
internal sealed class BoundedQueue(int capacity, EventStream events) : IMessageQueue, IUnboundedDequeBasedMessageQueueSemantics
{
    private readonly Lock _gate = new();
    private readonly Queue<Envelope> _own = new();
    private readonly Stack<Envelope> _unstashed = new();
    private readonly Queue<(Envelope Envelope, Newest? Newest)> _waiting = new();

    // A key's place stays when its message was handled: the next one comes soon, and there are as many as rooms or schools.
    private readonly Dictionary<string, Newest> _newest = new(StringComparer.Ordinal);
    private int _withoutKey;
    private volatile int _count;

    public bool HasMessages => _count > 0;

    public int Count => _count;

    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        if (!TryAdd(envelope))
        {
            events.Publish(new Dropped(envelope.Message, DeadLetters.MailboxFull, envelope.Sender, receiver));
        }
    }

    public void EnqueueFirst(Envelope envelope)
    {
        lock (_gate)
        {
            _unstashed.Push(envelope);
            _count++;
        }
    }

    public bool TryDequeue(out Envelope envelope)
    {
        lock (_gate)
        {
            if (_own.TryDequeue(out envelope) || _unstashed.TryPop(out envelope))
            {
                _count--;
                return true;
            }

            if (!_waiting.TryDequeue(out var next))
            {
                return false;
            }

            _count--;
            if (next.Newest is { } newest)
            {
                envelope = newest.Take();
            }
            else
            {
                envelope = next.Envelope;
                _withoutKey--;
            }

            return true;
        }
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope))
        {
            deadletters.Enqueue(owner, envelope);
        }
    }

    private bool TryAdd(Envelope envelope)
    {
        // A timer's message comes in an envelope of Akka's.
        var message = envelope.Message;
        var own = message is IToSelf or IWrappedMessage or IAutoReceivedMessage;
        var key = !own && message is INewestWins keyed ? keyed.Key : null;
        lock (_gate)
        {
            if (own)
            {
                _own.Enqueue(envelope);
            }
            else if (key is not null)
            {
                ref var newest = ref CollectionsMarshal.GetValueRefOrAddDefault(_newest, key, out _);
                newest ??= new Newest();
                if (newest.Replace(envelope))
                {
                    return true;
                }

                _waiting.Enqueue((default, newest));
            }
            else if (_withoutKey < capacity)
            {
                _waiting.Enqueue((envelope, null));
                _withoutKey++;
            }
            else
            {
                return false;
            }

            _count++;
            return true;
        }
    }

    /// <summary>The place of a key.</summary>
    private sealed class Newest
    {
        private Envelope _envelope;
        private bool _waits;

        /// <summary>Puts a message in its place.</summary>
        /// <returns>Whether one has been waiting in it.</returns>
        public bool Replace(Envelope envelope)
        {
            var waited = _waits;
            (_envelope, _waits) = (envelope, true);
            return waited;
        }

        public Envelope Take()
        {
            var envelope = _envelope;
            (_envelope, _waits) = (default, false);
            return envelope;
        }
    }
}
