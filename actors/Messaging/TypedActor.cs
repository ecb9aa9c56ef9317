using Akka.Actor;
using Akka.Event;

namespace Xunke.Actors.Messaging;

/// <summary>An actor that receives the messages of one closed hierarchy, synchronously.</summary>
/// <typeparam name="TMessage">The base record of its messages.</typeparam>
/// <param name="stashCapacity">Most messages that it sets aside.</param>
public abstract class TypedActor<TMessage>(int stashCapacity = 0) : UntypedActor, IWithTimers, IWithStash
    where TMessage : notnull
{
    private Action<TMessage>? _behaviour;

    // Akka sets both before the actor starts.
    /// <summary>Messages to itself at a later time. A cancelled one is never delivered; a restart cancels all.</summary>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Messages set aside: use <see cref="SetAside"/>, which keeps to the bound.</summary>
    public IStash Stash { get; set; } = null!;

    /// <summary>A child that fails is restarted after a while; the others go on.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new BackOff();

    /// <summary>Handles a message, until <see cref="Become"/> names another handler.</summary>
    protected abstract void Handle(TMessage message);

    /// <summary>From the next message on, another handler.</summary>
    protected void Become(Action<TMessage> behaviour) => _behaviour = behaviour;

    /// <summary>Answers the question in hand.</summary>
    protected void Answer<TReply>(IQuestion<TMessage, TReply> question, TReply reply)
        where TReply : notnull => Sender.Tell(reply, Self);

    /// <summary>
    /// Answers the question in hand with what a stranger's words lead to: whatever they throw is thrown at the asker, and the
    /// actor goes on.
    /// </summary>
    protected void AnswerOrFail<TReply>(IQuestion<TMessage, TReply> question, Func<TReply> reply)
        where TReply : notnull
    {
        var later = AnswerLater(question);
        try
        {
            later.Give(reply());
        }
        catch (Exception fault)
        {
            later.Fail(fault);
        }
    }

    /// <summary>Answers the question in hand at another time.</summary>
    protected Reply<TReply> AnswerLater<TReply>(IQuestion<TMessage, TReply> question)
        where TReply : notnull => new(Sender, Self);

    /// <summary>Hands the message in hand on; what it asks is answered by the other.</summary>
    protected void Forward<TOther>(ActorRef<TOther> other, TOther message)
        where TOther : notnull => other.Tell(message, Sender);

    /// <summary>Makes a child. When it stops, for whatever reason, <see cref="ChildStopped"/> is called.</summary>
    protected ActorRef<TChild> Spawn<TChild>(string name, Props<TChild> props, TimeProvider time)
        where TChild : notnull
    {
        var child = Context.Watch(Context.ActorOf(props.Untyped, name));
        return new ActorRef<TChild>(child, child.Path.ToStringWithoutAddress(), time);
    }

    /// <summary>A child has stopped.</summary>
    protected virtual void ChildStopped(string name)
    {
    }

    /// <summary>This actor, for others.</summary>
    protected ActorRef<TMessage> Own(TimeProvider time) => new(Self, Self.Path.ToStringWithoutAddress(), time);

    /// <summary>Stops this actor after the message in hand.</summary>
    protected void Stop() => Context.Stop(Self);

    /// <summary>Sets the message in hand aside until <c>Stash.UnstashAll()</c> or a restart; one too many is a dead letter.</summary>
    protected void SetAside(TMessage message)
    {
        if (Stash.Count < stashCapacity)
        {
            Stash.Stash();
        }
        else
        {
            Context.System.EventStream.Publish(new Dropped(message, DeadLetters.StashFull, Sender, Self));
        }
    }

    /// <summary>Tells the actor itself what becomes of a task.</summary>
    protected void PipeToSelf<TResult, TOutcome>(Task<TResult> task, Func<TResult, TOutcome> success, Func<Exception, TOutcome> failure)
        where TOutcome : TMessage, IToSelf =>
        task.PipeTo(Self, Self, result => success(result), fault => failure(fault));

    /// <inheritdoc />
    protected sealed override void OnReceive(object message)
    {
        if (message is Terminated stopped)
        {
            ChildStopped(stopped.ActorRef.Path.Name);
        }
        else if (message is not TMessage typed)
        {
            Unhandled(message);
        }
        else if (_behaviour is { } behaviour)
        {
            behaviour(typed);
        }
        else
        {
            Handle(typed);
        }
    }
}
