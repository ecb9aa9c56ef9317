namespace Xunke.Streaming.Edge;

/// <summary>A viewer asked for a room into which nobody publishes.</summary>
public sealed class NoPublisherException : Exception
{
    public NoPublisherException(string roomId)
        : base($"Nobody publishes to the room '{roomId}'.") => RoomId = roomId;

    /// <summary>The room asked for.</summary>
    public string RoomId { get; }
}
