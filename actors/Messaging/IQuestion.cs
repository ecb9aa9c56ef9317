using Akka.Actor;

namespace Xunke.Actors.Messaging;

/// <summary>A message that expects an answer: where it cannot be delivered, the asker is told so at once.</summary>
public interface IQuestion;

/// <summary>A message that its actor answers. The answer goes to the sender.</summary>
/// <typeparam name="TMessage">The messages of the actor that is asked; the question is one of them.</typeparam>
/// <typeparam name="TReply">The answer; never null.</typeparam>
public interface IQuestion<in TMessage, TReply> : IQuestion;

/// <summary>The question had no answer in time.</summary>
/// <param name="path">The actor that was asked.</param>
/// <param name="timeout">How long the asker waited.</param>
public sealed class AskTimeoutException(string path, TimeSpan timeout)
    : TimeoutException($"{path} did not answer within {timeout.TotalSeconds:0.###} s.");

/// <summary>The actor cannot take the question: it has stopped, or its mailbox is full.</summary>
/// <param name="path">The actor that was asked.</param>
public sealed class ActorUnavailableException(string path) : Exception($"{path} has stopped or its mailbox is full.");

/// <summary>Asking, for all kinds of handles.</summary>
internal static class Asking
{
    /// <summary>Asks, and waits for the answer for so long by the injected clock: Akka's own time limit runs on the machine's.</summary>
    public static async Task<TReply> AskAsync<TReply>(
        this ICanTell target, object question, string path, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await target.Ask<TReply>(question, Timeout.InfiniteTimeSpan, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new AskTimeoutException(path, timeout);
        }
    }
}
