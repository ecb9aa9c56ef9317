namespace Xunke.Streaming.Rtsp;

/// <summary>Why a camera's picture does not come: the codes of <see cref="CameraStatus.Fault"/>.</summary>
public static class CameraFaults
{
    /// <summary>Nobody listens at the address: the camera is off, or the port is wrong.</summary>
    public const string Refused = "camera-refused";

    /// <summary>No answer came in time, or there is no way to the address.</summary>
    public const string TimedOut = "camera-timeout";

    /// <summary>The host name is not known.</summary>
    public const string UnknownHost = "camera-unknown-host";

    /// <summary>The TLS handshake of an rtsps address failed.</summary>
    public const string NotSecure = "camera-tls";

    /// <summary>Something answers, but does not speak RTSP.</summary>
    public const string NotRtsp = "camera-not-rtsp";

    /// <summary>The camera asks for a user and password, or does not take those given (401, 403).</summary>
    public const string Unauthorized = "camera-unauthorized";

    /// <summary>The camera has no stream of that path (404).</summary>
    public const string NoStream = "camera-no-stream";

    /// <summary>The camera sends on to another address, which cannot be used; the detail holds the status and what it named.</summary>
    public const string Redirect = "camera-redirect";

    /// <summary>One address sends on to the next without end; the detail holds the last one.</summary>
    public const string RedirectLoop = "camera-redirect-loop";

    /// <summary>The camera sends on to another host, which asks for user and password; the detail holds its address.</summary>
    public const string RedirectLogin = "camera-redirect-login";

    /// <summary>What the camera sends arrives damaged: nothing in it can be made out.</summary>
    public const string Garbled = "camera-garbled";

    /// <summary>The camera refused for another reason; the detail holds its status.</summary>
    public const string Rejected = "camera-rejected";

    /// <summary>The stream holds no video.</summary>
    public const string NoVideo = "camera-no-video";

    /// <summary>The video's codec cannot be shown in browsers; the detail holds its name, such as H265.</summary>
    public const string UnsupportedCodec = "camera-codec";

    /// <summary>The video holds B-frames, which WebRTC cannot show.</summary>
    public const string BFrames = "camera-b-frames";

    /// <summary>The camera plays, but no video comes.</summary>
    public const string Silent = "camera-silent";

    /// <summary>The connection to the camera broke.</summary>
    public const string Lost = "camera-lost";

    /// <summary>FFmpeg is not installed on the server.</summary>
    public const string ToolMissing = "camera-tool-missing";

    /// <summary>FFmpeg ended without a reason that has a code of its own.</summary>
    public const string ToolFailed = "camera-tool-failed";
}
