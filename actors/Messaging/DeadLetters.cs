using Akka.Actor;
using Akka.Event;
using Microsoft.Extensions.Logging;

namespace Xunke.Actors.Messaging;

/// <summary>Why a message was not handled.</summary>
public enum DeadLetterReason
{
    /// <summary>Its actor has stopped.</summary>
    Stopped,

    /// <summary>The mailbox was full.</summary>
    MailboxFull,

    /// <summary>Akka dropped it for a reason of its own.</summary>
    Dropped,

    /// <summary>The actor had set aside as many messages as it may.</summary>
    StashFull,
}

/// <summary>
/// Counts the messages that no actor handled, and tells those who wait for an answer that none will come. A message
/// replaced by a newer one of the same key is not among them: that is what its mailbox is for.
/// </summary>
/// <param name="logger">Gets one line at debug level for each.</param>
public sealed partial class DeadLetters(ILogger<DeadLetters> logger)
{
    // Akka's word for why a message was dropped is a text.
    internal const string MailboxFull = "the mailbox is full";
    internal const string StashFull = "the stash is full";

    private readonly long[] _counts = new long[Enum.GetValues<DeadLetterReason>().Length];

    /// <summary>All of them.</summary>
    public long Total => Enum.GetValues<DeadLetterReason>().Sum(Count);

    /// <summary>Those of one reason.</summary>
    public long Count(DeadLetterReason reason) => Interlocked.Read(ref _counts[(int)reason]);

    internal void Add(AllDeadLetters letter)
    {
        var path = letter.Recipient.Path.ToStringWithoutAddress();
        if (letter.Message is IQuestion)
        {
            letter.Sender.Tell(new Status.Failure(new ActorUnavailableException(path)), ActorRefs.NoSender);
        }

        var reason = letter switch
        {
            Dropped { Reason: MailboxFull } => DeadLetterReason.MailboxFull,
            Dropped { Reason: StashFull } => DeadLetterReason.StashFull,
            Dropped => DeadLetterReason.Dropped,
            _ => DeadLetterReason.Stopped,
        };
        Interlocked.Increment(ref _counts[(int)reason]);
        if (logger.IsEnabled(Microsoft.Extensions.Logging.LogLevel.Debug))
        {
            LogDeadLetter(path, letter.Message.GetType().Name, reason);
        }
    }

    [LoggerMessage(Level = Microsoft.Extensions.Logging.LogLevel.Debug, Message = "Dead letter for {Path}: {Message} ({Reason})")]
    private partial void LogDeadLetter(string path, string message, DeadLetterReason reason);
}
