namespace Xunke.Actors.Kernel;

/// <summary>
/// What the kernel tells a cell, handled before any user message. The queue for these has no bound: their number is that
/// of the actor's own children, watchers and timers.
/// </summary>
internal abstract class SystemMessage;

/// <summary>Make the first instance.</summary>
internal sealed class Start : SystemMessage;

/// <summary>Stop for good.</summary>
internal sealed class Stop : SystemMessage;

/// <summary>The back-off is over.</summary>
internal sealed class Restart : SystemMessage;

/// <summary>The parent restarted after this child's failure came up to it.</summary>
internal sealed class RestartWithParent : SystemMessage;

/// <summary>A child's failure is the parent's.</summary>
internal sealed class ChildEscalated(ActorCell child, Exception failure) : SystemMessage
{
    public ActorCell Child { get; } = child;

    public Exception Failure { get; } = failure;
}

/// <summary>A child has stopped for good.</summary>
internal sealed class ChildStopped(ActorCell child) : SystemMessage
{
    public ActorCell Child { get; } = child;
}

/// <summary>Tell the watcher when this actor stops.</summary>
internal sealed class Watch(ActorCell watcher) : SystemMessage
{
    public ActorCell Watcher { get; } = watcher;
}

/// <summary>No longer tell the watcher.</summary>
internal sealed class Unwatch(ActorCell watcher) : SystemMessage
{
    public ActorCell Watcher { get; } = watcher;
}

/// <summary>A watched actor has stopped.</summary>
internal sealed class WatchedStopped(ActorCell actor) : SystemMessage
{
    public ActorCell Actor { get; } = actor;
}
