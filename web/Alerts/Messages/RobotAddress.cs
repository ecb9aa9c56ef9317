using System.Diagnostics.CodeAnalysis;
using Xunke.Actors.Alerts.Messages;

namespace Xunke.Web.Alerts.Messages;

/// <summary>
/// Which addresses the server calls for a group robot: those of its service over TLS, and hosts that Alerts:WebhookHosts names. Everything
/// else could be a machine of the school's own network that nobody outside is to reach.
/// </summary>
internal static class RobotAddress
{
    private const int Longest = 500;

    /// <summary>Reads an address.</summary>
    /// <param name="channel">The robot's service.</param>
    /// <param name="text">As somebody pasted it.</param>
    /// <param name="more">Alerts:WebhookHosts.</param>
    /// <param name="address">The address.</param>
    /// <returns>False: the server does not call it.</returns>
    public static bool TryRead(AlertChannel channel, string? text, IEnumerable<string> more, [NotNullWhen(true)] out Uri? address)
    {
        address = Uri.TryCreate(text?.Trim(), UriKind.Absolute, out Uri? read) && text!.Length <= Longest // It was read.
            && read.UserInfo.Length == 0
            && (IsOfService(channel, read) || more.Any(one => IsNamed(one, read)))
                ? read : null;
        return address is not null;
    }

    private static bool IsOfService(AlertChannel channel, Uri address) =>
        address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort && channel switch
        {
            AlertChannel.WeCom => address is { IdnHost: "qyapi.weixin.qq.com", AbsolutePath: "/cgi-bin/webhook/send" },
            AlertChannel.DingTalk => address is { IdnHost: "oapi.dingtalk.com", AbsolutePath: "/robot/send" },
            AlertChannel.Feishu => address is { IdnHost: "open.feishu.cn" or "open.larksuite.com" }
                && address.AbsolutePath.StartsWith("/open-apis/bot/", StringComparison.Ordinal),
            _ => false,
        };

    private static bool IsNamed(string named, Uri address) => named.Contains("://", StringComparison.Ordinal)
        ? Uri.TryCreate(named, UriKind.Absolute, out Uri? origin) && origin.Scheme is "http" or "https"
            && Uri.Compare(origin, address, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
        : address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort
            && address.IdnHost.Equals(named, StringComparison.OrdinalIgnoreCase);
}
