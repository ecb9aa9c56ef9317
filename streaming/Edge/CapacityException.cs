namespace Xunke.Streaming.Edge;

/// <summary>The media server, a room of it, or an account already has as many sessions as the options allow.</summary>
public sealed class CapacityException : Exception
{
    /// <summary>Creates the exception.</summary>
    public CapacityException(CapacityLimit limit, string message)
        : base(message) => Limit = limit;

    /// <summary>Which limit was met.</summary>
    public CapacityLimit Limit { get; }
}
