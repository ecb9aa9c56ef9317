using System.Net;

namespace Xunke.Web.Hosting;

/// <summary>Whether pages are served to other machines without TLS, where passwords and pictures can be read on the way.</summary>
internal static class PlainHttp
{
    /// <summary>What whoever starts the server is told.</summary>
    public const string Warning =
        "注意：其他电脑用明文 HTTP 访问，密码和画面在网络上可以被读到；正式使用前请启用 TLS（docs/zh/tls.md）。"
        + "\nWarning: other machines reach the pages by plain HTTP; passwords can be read on the network. Use TLS before a school does (docs/tls.md).";

    /// <summary>Whether one of the addresses is plain HTTP for more than this machine.</summary>
    public static bool IsOpen(IEnumerable<string> addresses) => addresses.Any(address =>
        address.StartsWith("http:", StringComparison.OrdinalIgnoreCase)
        && BindingAddress.Parse(address) is { IsUnixPipe: false } bound && !IsLoopback(bound.Host));

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
