namespace Xunke.Streaming.Client;

/// <summary>What a <see cref="WhipPublisher"/> is doing.</summary>
public enum PublisherState
{
    /// <summary>Not started.</summary>
    Idle,

    /// <summary>Offering, checking connectivity or shaking hands.</summary>
    Connecting,

    /// <summary>Sending.</summary>
    Connected,

    /// <summary>Waiting before the next attempt.</summary>
    Waiting,

    /// <summary>Ended, by the file's end, by request or by a fault.</summary>
    Stopped,
}
