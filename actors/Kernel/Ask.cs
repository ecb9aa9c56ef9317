namespace Xunke.Actors.Kernel;

/// <summary>Where the answer to one question goes; a part of the message that asks.</summary>
/// <typeparam name="TReply">The answer.</typeparam>
public sealed class ReplyTo<TReply>
{
    private readonly TaskCompletionSource<TReply> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<TReply> Answer => _answer.Task;

    /// <summary>Answers. Only the first answer counts; one that comes after the time-out is ignored.</summary>
    public void Tell(TReply reply) => _answer.TrySetResult(reply);

    /// <summary>Answers with a fault, which the asker gets as an exception.</summary>
    public void Fail(Exception fault) => _answer.TrySetException(fault);
}

/// <summary>The question had no answer in time.</summary>
/// <param name="path">Who was asked.</param>
/// <param name="timeout">How long the asker waited.</param>
public sealed class AskTimeoutException(string path, TimeSpan timeout)
    : TimeoutException($"{path} did not answer within {timeout.TotalSeconds:0.###} s.");

/// <summary>The actor cannot take the message: it has stopped, or its mailbox is full.</summary>
/// <param name="path">Who was asked.</param>
public sealed class ActorUnavailableException(string path) : Exception($"{path} has stopped or its mailbox is full.");

/// <summary>Questions to actors, from outside of them.</summary>
public static class AskExtensions
{
    /// <summary>Asks an actor and waits for its answer. Not for use inside an actor's own turn, which it would hold up.</summary>
    /// <param name="target">Who is asked.</param>
    /// <param name="question">Makes the message from the place where the answer goes.</param>
    /// <param name="timeout">How long to wait, by the system's clock.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="AskTimeoutException">No answer in time.</exception>
    /// <exception cref="ActorUnavailableException">The actor has stopped, stops before it answers, or its mailbox is full.</exception>
    public static async Task<TReply> AskAsync<TMessage, TReply>(
        this ActorRef<TMessage> target,
        Func<ReplyTo<TReply>, TMessage> question,
        TimeSpan timeout,
        CancellationToken cancellationToken = default)
        where TMessage : notnull
    {
        var reply = new ReplyTo<TReply>();
        if (!target.TryTell(question(reply)))
        {
            throw new ActorUnavailableException(target.Path);
        }

        using var stopped = target.Terminated.UnsafeRegister(
            _ => reply.Fail(new ActorUnavailableException(target.Path)), null);
        try
        {
            return await reply.Answer.WaitAsync(timeout, target.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!reply.Answer.IsCompleted)
        {
            throw new AskTimeoutException(target.Path, timeout);
        }
    }
}
