namespace Xunke.Actors.Kernel;

/// <summary>What a full mailbox does with one more message. None of these blocks the sender.</summary>
public enum MailboxPolicy
{
    /// <summary>The newcomer is a dead letter.</summary>
    Reject,

    /// <summary>The oldest message is a dead letter.</summary>
    DropOldest,

    /// <summary>
    /// A newcomer takes the place of a waiting message with the same key, full or not, so that a slow actor only ever
    /// sees the newest sample. Where no place can be taken over, a full mailbox rejects.
    /// </summary>
    LatestWins,
}

/// <summary>An actor's mailbox.</summary>
/// <typeparam name="TMessage">What the actor understands.</typeparam>
public sealed record MailboxOptions<TMessage>
    where TMessage : notnull
{
    private MailboxOptions(int capacity, MailboxPolicy policy, Func<TMessage, object?>? keyOf)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        Policy = policy;
        KeyOf = keyOf ?? (static _ => null);
    }

    /// <summary>Most messages that wait.</summary>
    public int Capacity { get; }

    /// <summary>What happens with one more.</summary>
    public MailboxPolicy Policy { get; }

    /// <summary>For <see cref="MailboxPolicy.LatestWins"/>: the key of a message, or null for one that is never replaced.</summary>
    public Func<TMessage, object?> KeyOf { get; }

    /// <summary>Messages handled in one turn before other actors get the thread.</summary>
    public int Throughput { get; init; } = 256;

    /// <summary>A mailbox that rejects what does not fit.</summary>
    public static MailboxOptions<TMessage> Rejecting(int capacity) => new(capacity, MailboxPolicy.Reject, null);

    /// <summary>A mailbox that drops its oldest message for a newer one.</summary>
    public static MailboxOptions<TMessage> DroppingOldest(int capacity) => new(capacity, MailboxPolicy.DropOldest, null);

    /// <summary>A mailbox in which the newest message of a key replaces the one that waits.</summary>
    public static MailboxOptions<TMessage> LatestWins(int capacity, Func<TMessage, object?> keyOf) =>
        new(capacity, MailboxPolicy.LatestWins, keyOf);
}
