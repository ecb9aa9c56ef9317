namespace Xunke.Streaming.Edge;

/// <summary>What is full when no further session is taken.</summary>
public enum CapacityLimit
{
    /// <summary>The media server.</summary>
    Server,

    Room,

    /// <summary>What one account may try at once.</summary>
    Account,
}
