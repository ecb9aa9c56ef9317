namespace Xunke.Actors.Classrooms;

/// <summary>The room's side of the media: decides which rooms are decoded and analysed. Callable from any thread.</summary>
internal interface IRoomFeed
{
    /// <summary>The media session that publishes to the room now, or null.</summary>
    string? Publisher(string roomId);

    /// <summary>
    /// Why the room's RTSP camera cannot be shown, one of <see cref="Streaming.Rtsp.CameraFaults"/>; null when it can, or there is none.
    /// </summary>
    string? CameraFault(string roomId);

    /// <summary>Whether the room's video comes, but the computer is too busy to give its pictures in time.</summary>
    bool IsBehind(string roomId);

    /// <summary>Pictures and samples shall come; nothing where they do already.</summary>
    void Open(string roomId);

    /// <summary>No more shall come, and what was learnt of the camera is forgotten.</summary>
    void Close(string roomId);
}
