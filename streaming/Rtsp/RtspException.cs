namespace Xunke.Streaming.Rtsp;

/// <summary>What came is not RTSP, or larger than is taken.</summary>
internal sealed class RtspException(string message) : Exception(message);
