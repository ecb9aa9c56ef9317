namespace Xunke.Streaming.Rtsp;

/// <summary>A camera or gateway names another address for its stream (RFC 2326 11.3).</summary>
/// <param name="response">A response with status 300 to 399.</param>
internal sealed class CameraRedirect(CameraAddress from, RtspMessage response) : Exception($"RTSP {response.Status}")
{
    /// <summary>The response's status.</summary>
    public int Status => response.Status;

    /// <summary>Reads the new address.</summary>
    /// <param name="next">The new address; a user and password in it are the ones that the gateway wants to be used there.</param>
    /// <returns>False when it names none that can be used.</returns>
    public bool TryRead([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out CameraSource? next)
    {
        next = null;
        if (response["Location"]?.Trim('<', '>', '"', ' ') is not { Length: > 0 } location
            || !CameraAddress.TryParse(Absolute(location), out var address, out var user))
        {
            return false;
        }

        next = new CameraSource(address, user?.UserName, user?.Password);
        return true;
    }

    /// <summary>The new address as it came, without a user and password; null when there is none.</summary>
    public string? Told
    {
        get
        {
            const int Longest = 200;
            if (response["Location"] is not { Length: > 0 } location)
            {
                return null;
            }

            var scheme = location.IndexOf("//", StringComparison.Ordinal);
            var at = scheme < 0 ? -1 : location.LastIndexOf('@');
            var told = at < 0 ? location : string.Concat(location.AsSpan(0, scheme + 2), location.AsSpan(at + 1));
            return told.Length > Longest ? told[..Longest] : told;
        }
    }

    // RFC 3986 5.2, as far as servers use it: an address, one without scheme, a path from the root, a path beside, a query.
    private string Absolute(string location)
    {
        var colon = location.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && location[..colon].All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '-' or '.'))
        {
            return location;
        }

        var scheme = from.Text.IndexOf("://", StringComparison.Ordinal);
        var root = from.Text.IndexOf('/', scheme + 3);
        var query = from.Text.IndexOf('?', StringComparison.Ordinal);
        var path = from.Text[root..(query < 0 ? from.Text.Length : query)];
        return location switch
        {
            ['/', '/', ..] => from.Text[..(scheme + 1)] + location,
            ['/', ..] => from.Text[..root] + location,
            ['?', ..] => from.Text[..root] + path + location,
            _ => from.Text[..root] + path[..(path.LastIndexOf('/') + 1)] + location,
        };
    }
}
