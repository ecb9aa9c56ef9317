namespace Xunke.Streaming.Client;

/// <summary>An expected fault that passes: the server is away, busy or did not answer.</summary>
/// <param name="retryAfter">How long the server asks to wait, if it does.</param>
internal sealed class PublishRetryException(string message, TimeSpan? retryAfter = null) : Exception(message)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
