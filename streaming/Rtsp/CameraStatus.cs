namespace Xunke.Streaming.Rtsp;

/// <summary>How far a camera's connection has come.</summary>
public enum CameraState
{
    /// <summary>It is being connected for the first time, or again.</summary>
    Connecting,

    /// <summary>Its video comes.</summary>
    Live,

    /// <summary>The last attempt failed; the next one is due at <see cref="CameraStatus.NextAttempt"/>.</summary>
    Waiting,
}

/// <summary>How a camera is.</summary>
/// <param name="State">How far its connection has come.</param>
/// <param name="Since">Since when.</param>
/// <param name="Fault">Why the last attempt failed, one of <see cref="CameraFaults"/>; null once live, and before the first
/// failure.</param>
/// <param name="Detail">What there is to say beyond the fault's code, such as the codec's name; or null.</param>
/// <param name="NextAttempt">When the next attempt is due, while waiting.</param>
public sealed record CameraStatus(CameraState State, DateTimeOffset Since, string? Fault, string? Detail, DateTimeOffset? NextAttempt);
