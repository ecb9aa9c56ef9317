using System.Net;
using System.Net.Sockets;
using Xunke.Web.Hosting;

namespace Xunke.Web.Configuration;

/// <summary>Reads Media:AnnounceAddress.</summary>
internal static class AnnouncedAddresses
{
    /// <summary>The addresses in a list with commas between; a host name stands for all of its addresses.</summary>
    /// <exception cref="StartupException">A name has no address.</exception>
    public static async Task<IReadOnlyList<IPAddress>> ResolveAsync(string? list, CancellationToken cancellationToken)
    {
        List<IPAddress> addresses = [];
        foreach (string name in (list ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPAddress.TryParse(name, out IPAddress? address))
            {
                addresses.Add(address);
                continue;
            }

            try
            {
                addresses.AddRange(await Dns.GetHostAddressesAsync(name, cancellationToken));
            }
            catch (Exception fault) when (fault is SocketException or ArgumentException)
            {
                throw new StartupException($"配置有误 Media:AnnounceAddress: {name} 不是地址也查不到 is neither an address nor a known name", fault);
            }
        }

        return [.. addresses.Distinct()];
    }
}
