namespace Xunke.Actors.Kernel;

/// <summary>
/// One piece of state with one message handled at a time. The kernel makes the instance, hands it messages in order of
/// arrival, and replaces it by a fresh instance when it fails and its supervision says "restart".
/// </summary>
/// <typeparam name="TMessage">What it understands; immutable.</typeparam>
/// <param name="context">Its place in the system.</param>
public abstract class Actor<TMessage>(ActorContext<TMessage> context)
    where TMessage : notnull
{
    /// <summary>Its place in the system.</summary>
    protected ActorContext<TMessage> Context { get; } = context;

    /// <summary>Before the first message, for the first instance and for every one that replaces a failed one.</summary>
    protected virtual ValueTask OnStartAsync() => ValueTask.CompletedTask;

    /// <summary>
    /// Handles one message, until <see cref="ActorContext{TMessage}.Become"/> names another handler. No other message is
    /// handled before the returned task has completed. An exception is a failure: see <see cref="SupervisionStrategy"/>.
    /// </summary>
    protected abstract ValueTask ReceiveAsync(TMessage message);

    /// <summary>A watched actor has stopped.</summary>
    protected virtual ValueTask OnTerminatedAsync(ActorRef actor) => ValueTask.CompletedTask;

    /// <summary>This instance handled its last message: it is stopped for good or about to be replaced.</summary>
    /// <param name="failure">What made it fail, or null where it is stopped for good.</param>
    protected virtual ValueTask OnStopAsync(Exception? failure) => ValueTask.CompletedTask;

    // The kernel's own way in; the overridable members stay out of other actors' reach.
    internal Func<TMessage, ValueTask> InitialReceive => ReceiveAsync;

    internal ValueTask StartAsync() => OnStartAsync();

    internal ValueTask TerminatedAsync(ActorRef actor) => OnTerminatedAsync(actor);

    internal ValueTask StopAsync(Exception? failure) => OnStopAsync(failure);
}
