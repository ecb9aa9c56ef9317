using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Xunke.Web.Configuration;
using Xunke.Web.Identity;

namespace Xunke.Web.Hosting;

/// <summary>Who runs the server: somebody on this host, or a monitor with the token of the settings or one of a machine.</summary>
internal static class Operators
{
    /// <summary>
    /// Whether a request comes from this host and is meant for it, or has the token. Behind a known proxy the address is the
    /// client's; the host's name keeps out a proxy that is not known, and a page that reaches this host by a name of its own.
    /// </summary>
    public static bool IsOperator(this HttpContext context) =>
        (ClientNetwork.IsLoopback(context.Connection.RemoteIpAddress) && IsLoopback(context.Request.Host.Host))
        || context.IsMachineWith(Permission.ReadOperations)
        || HasToken(context.Request, context.RequestServices.GetRequiredService<IOptions<MetricsSettings>>().Value.Token);

    private static bool IsLoopback(string host) =>
        host is "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? named) && ClientNetwork.IsLoopback(named));

    private static bool HasToken(HttpRequest request, string? token)
    {
        const string Scheme = "Bearer ";
        string authorization = request.Headers.Authorization.ToString();
        return token is not null
            && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(
                SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim())),
                SHA256.HashData(Encoding.UTF8.GetBytes(token)));
    }
}
