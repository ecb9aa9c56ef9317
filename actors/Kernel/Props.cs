namespace Xunke.Actors.Kernel;

/// <summary>How to make an actor, and how it is kept.</summary>
/// <typeparam name="TMessage">What the actor understands.</typeparam>
/// <param name="Create">Makes a fresh instance: at the start and at every restart.</param>
public sealed record Props<TMessage>(Func<ActorContext<TMessage>, Actor<TMessage>> Create)
    where TMessage : notnull
{
    /// <summary>The mailbox.</summary>
    public MailboxOptions<TMessage> Mailbox { get; init; } = MailboxOptions<TMessage>.Rejecting(1024);

    /// <summary>What happens when it fails.</summary>
    public SupervisionStrategy Supervision { get; init; } = SupervisionStrategy.Default;

    /// <summary>Most messages that it may set aside with <see cref="ActorContext{TMessage}.Stash"/>.</summary>
    public int StashCapacity { get; init; } = 256;
}
