namespace Xunke.Streaming.Rtsp;

/// <summary>
/// Where a room's pictures come from over RTSP, and as whom they are asked for. None of it is logged but host and
/// port: some cameras take the password in the path.
/// </summary>
/// <param name="Address">The camera's stream.</param>
/// <param name="UserName">Its user, or null when it asks for none.</param>
/// <param name="Password">The user's password; never logged or shown.</param>
public sealed record CameraSource(CameraAddress Address, string? UserName = null, string? Password = null)
{
    /// <inheritdoc />
    public override string ToString() => Address.ToString();
}
