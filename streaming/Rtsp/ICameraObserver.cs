namespace Xunke.Streaming.Rtsp;

/// <summary>Hears how the cameras are. Calls about one room come one at a time; an implementation must return quickly.</summary>
public interface ICameraObserver
{
    /// <summary>A camera's state has changed.</summary>
    /// <param name="status">How it is now; null when the room has no RTSP camera any more.</param>
    void CameraChanged(string roomId, CameraStatus? status);
}
