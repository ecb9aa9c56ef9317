using System.Globalization;
using System.Net;

namespace Xunke.Streaming.Client;

/// <summary>A UDP candidate out of a session description (RFC 8839 section 5.1).</summary>
/// <param name="EndPoint">Where to send checks.</param>
/// <param name="Priority">The remote side's preference; higher is better.</param>
internal sealed record IceCandidate(IPEndPoint EndPoint, uint Priority)
{
    /// <summary>How many candidates are tried; more would only delay.</summary>
    public const int MaximumCount = 8;

    private const string Prefix = "a=candidate:";
    private const string RtpComponent = "1";

    /// <summary>Reads the usable candidates, the most preferred first. TCP, host names and other components are passed over.</summary>
    public static IReadOnlyList<IceCandidate> ReadAll(string sdp)
    {
        List<IceCandidate> candidates = [];
        foreach (var line in sdp.Split('\n', StringSplitOptions.TrimEntries))
        {
            // foundation component transport priority address port typ type ...
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (line.StartsWith(Prefix, StringComparison.Ordinal)
                && parts.Length >= 8
                && parts[1] == RtpComponent
                && parts[2].Equals("udp", StringComparison.OrdinalIgnoreCase)
                && uint.TryParse(parts[3], CultureInfo.InvariantCulture, out var priority)
                && IPAddress.TryParse(parts[4], out var address)
                && ushort.TryParse(parts[5], CultureInfo.InvariantCulture, out var port)
                && port != 0)
            {
                candidates.Add(new IceCandidate(new IPEndPoint(address, port), priority));
            }
        }

        return [.. candidates.Distinct().OrderByDescending(candidate => candidate.Priority).Take(MaximumCount)];
    }
}
