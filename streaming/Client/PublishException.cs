namespace Xunke.Streaming.Client;

/// <summary>Publishing cannot go on, and trying again would not help.</summary>
/// <param name="message">What to tell the person who started it.</param>
public sealed class PublishException(PublishFault fault, string message) : Exception(message)
{
    /// <summary>The kind of fault.</summary>
    public PublishFault Fault { get; } = fault;
}
