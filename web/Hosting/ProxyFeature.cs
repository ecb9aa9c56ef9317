using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using Xunke.Web.Configuration;

namespace Xunke.Web.Hosting;

/// <summary>
/// Behind a proxy that ends TLS, the client's address and scheme come in X-Forwarded-For and X-Forwarded-Proto. They are
/// believed of known proxies only: anybody can write such a header.
/// </summary>
internal static class ProxyFeature
{
    public static void AddKnownProxies(this WebApplicationBuilder builder) =>
        builder.Services.AddOptions<ForwardedHeadersOptions>()
            .Configure((ForwardedHeadersOptions options, IOptions<ProxySettings> settings) =>
        {
            // Not X-Forwarded-Host: the proxy passes the Host header on, and then there is nothing to believe.
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (string known in settings.Value.Known)
            {
                if (IPAddress.TryParse(known, out IPAddress? address))
                {
                    options.KnownProxies.Add(address);
                }
                else if (System.Net.IPNetwork.TryParse(known, out System.Net.IPNetwork network))
                {
                    options.KnownIPNetworks.Add(network);
                }
                else
                {
                    throw new StartupException($"配置有误 Proxy:Known: {known} 不是 IP 地址或网段 is neither an IP address nor a network");
                }
            }
        });
}
