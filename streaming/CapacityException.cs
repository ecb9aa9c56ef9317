namespace Xunke.Streaming;

/// <summary>The media server, or one room of it, already holds as many sessions as its options allow.</summary>
public sealed class CapacityException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which limit was met.</param>
    public CapacityException(string message)
        : base(message)
    {
    }
}
