using Microsoft.Extensions.Logging;

namespace Xunke.Actors.Kernel;

/// <summary>Why a message was not handled.</summary>
public enum DeadLetterReason
{
    /// <summary>Its actor has stopped.</summary>
    Stopped,

    /// <summary>The mailbox was full and rejects newcomers.</summary>
    MailboxFull,

    /// <summary>The mailbox was full and dropped its oldest message for a newer one.</summary>
    Dropped,

    /// <summary>The actor has set aside as many messages as it may.</summary>
    StashFull,
}

/// <summary>
/// Counts the messages that no actor handled. A message replaced by a newer one of the same key is not among them: that
/// is what its mailbox is for.
/// </summary>
/// <param name="logger">Gets one line at debug level for each.</param>
public sealed partial class DeadLetters(ILogger<DeadLetters> logger)
{
    private readonly long[] _counts = new long[Enum.GetValues<DeadLetterReason>().Length];

    /// <summary>All of them.</summary>
    public long Total => Enum.GetValues<DeadLetterReason>().Sum(Count);

    /// <summary>Those of one reason.</summary>
    public long Count(DeadLetterReason reason) => Interlocked.Read(ref _counts[(int)reason]);

    internal void Add<TMessage>(string path, TMessage message, DeadLetterReason reason)
        where TMessage : notnull
    {
        Interlocked.Increment(ref _counts[(int)reason]);
        if (logger.IsEnabled(LogLevel.Debug))
        {
            LogDeadLetter(path, message.GetType().Name, reason);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Dead letter for {Path}: {Message} ({Reason})")]
    private partial void LogDeadLetter(string path, string message, DeadLetterReason reason);
}
