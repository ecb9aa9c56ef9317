using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Streaming.Rtsp;
using Xunke.Web.Hosting;

namespace Xunke.Web.Cameras;

/// <summary>An RTSP camera as an administrator types it.</summary>
/// <param name="Address">rtsp:// or rtsps://; a user and password in it are taken as if they had been typed apart.</param>
/// <param name="UserName">The camera's user; null or empty: none.</param>
/// <param name="Password">The user's password.</param>
/// <param name="KeepLogin">Use the user and password that are kept already; only for the camera that they were given for.</param>
internal sealed record CameraEntry(string? Address, string? UserName, string? Password, bool KeepLogin)
{
    private const int LongestLogin = 200;

    /// <summary>Checks the entry.</summary>
    /// <param name="present">The room's present camera, or null.</param>
    /// <returns>The camera, or why it is refused.</returns>
    public (CameraSource? Camera, ProblemHttpResult? Refusal) Read(CameraSource? present)
    {
        if (!CameraAddress.TryParse(Address, out CameraAddress? address, out NetworkCredential? pasted))
        {
            return Refuse("bad-camera-address", "地址应以 rtsp:// 或 rtsps:// 开头，例如 rtsp://192.168.1.64:554/Streaming/Channels/101");
        }

        if (KeepLogin)
        {
            // Or a password that nobody may see would be sent wherever an administrator likes.
            return present is not null && present.Address.Host == address.Host && present.Address.Port == address.Port
                ? (new CameraSource(address, present.UserName, present.Password), null)
                : Refuse("camera-login-needed", "摄像机的地址或端口已改变，请重新输入用户名和密码");
        }

        string? userName = string.IsNullOrEmpty(UserName) ? pasted?.UserName : UserName;
        string? password = string.IsNullOrEmpty(UserName) ? pasted?.Password : Password;
        if (string.IsNullOrEmpty(userName))
        {
            return (new CameraSource(address), null);
        }

        return userName.Length <= LongestLogin && !userName.Contains(':', StringComparison.Ordinal) && !userName.Any(char.IsControl)
            && (password ?? "").Length <= LongestLogin && !(password ?? "").Any(char.IsControl)
                ? (new CameraSource(address, userName, password ?? ""), null)
                : Refuse("bad-camera-login", $"用户名或密码不对：各不超过 {LongestLogin} 字，用户名不能有冒号");
    }

    /// <inheritdoc />
    public override string ToString() => nameof(CameraEntry);

    private static (CameraSource? Camera, ProblemHttpResult? Refusal) Refuse(string code, string detail) =>
        (null, Problems.BadRequest(code, detail));
}
