using Xunke.Actors.Live;
using Xunke.Streaming.Rtsp;

namespace Xunke.Web.Cameras;

/// <summary>A room's RTSP camera as administrators see it. User and password are never shown again.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="RoomState">Whether the room's pictures are seen.</param>
/// <param name="Address">The stream's address.</param>
/// <param name="HasLogin">Whether a user and password are kept.</param>
/// <param name="State">How far the connection has come; null when the server has only just heard of the camera.</param>
/// <param name="Since">Since when.</param>
/// <param name="Fault">One of <see cref="CameraFaults"/>, or null.</param>
/// <param name="Detail">What there is to say beyond the fault's code, such as the codec's name; or null.</param>
/// <param name="NextAttempt">When the next attempt is due, while waiting.</param>
internal sealed record RoomCamera(
    string RoomId,
    ClassroomState RoomState,
    string Address,
    bool HasLogin,
    CameraState? State,
    DateTimeOffset? Since,
    string? Fault,
    string? Detail,
    DateTimeOffset? NextAttempt);
