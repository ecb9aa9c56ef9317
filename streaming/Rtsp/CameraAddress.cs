using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Xunke.Streaming.Rtsp;

/// <summary>
/// The address of a camera's stream (RFC 2326 3.2): <c>rtsp://host[:port]/path</c>, or <c>rtsps</c> over TLS. It never
/// holds a user name or password.
/// </summary>
public sealed record CameraAddress
{
    /// <summary>The longest address taken, in characters.</summary>
    public const int MaxLength = 1000;

    private const int PlainPort = 554;
    private const int SecurePort = 322;

    private CameraAddress(string text, string host, int port, bool secure)
    {
        Text = text;
        Host = host;
        Port = port;
        IsSecure = secure;
    }

    /// <summary>The whole address, in ASCII, as it is asked for.</summary>
    public string Text { get; }

    /// <summary>Name or IP address of the camera, without the brackets of IPv6.</summary>
    public string Host { get; }

    /// <summary>1..65535; 554 for rtsp and 322 for rtsps when not written (RFC 7826 22.14).</summary>
    public int Port { get; }

    /// <summary>Whether the camera is spoken to over TLS.</summary>
    public bool IsSecure { get; }

    /// <summary>Reads an address as a person types or pastes it.</summary>
    /// <param name="address">The address, without the user name and password that may have been in it.</param>
    /// <param name="userInfo">User name and password where the text holds them, unescaped.</param>
    /// <returns>False when it is not an absolute rtsp or rtsps address with a host.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CameraAddress? address, out NetworkCredential? userInfo)
    {
        address = null;
        userInfo = null;
        text = text?.Trim() ?? "";
        if (text.Length is 0 or > MaxLength
            || text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter))
            || !Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("rtsp" or "rtsps")
            || Read(uri) is not { } read
            // What is stored and shown must mean the same when it is read again.
            || read.Text.Length > MaxLength
            || !Uri.TryCreate(read.Text, UriKind.Absolute, out var again)
            || again.UserInfo.Length > 0
            || Read(again) != read)
        {
            return false;
        }

        address = read;
        if (uri.UserInfo.Length > 0)
        {
            var colon = uri.UserInfo.IndexOf(':', StringComparison.Ordinal);
            userInfo = colon < 0
                ? new NetworkCredential(Uri.UnescapeDataString(uri.UserInfo), "")
                : new NetworkCredential(Uri.UnescapeDataString(uri.UserInfo[..colon]), Uri.UnescapeDataString(uri.UserInfo[(colon + 1)..]));
        }

        return true;
    }

    private static CameraAddress? Read(Uri uri)
    {
        if (uri.HostNameType is not (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6) || uri.Port == 0)
        {
            return null;
        }

        string host;
        try
        {
            host = uri.IdnHost;
        }
        catch (UriFormatException)
        {
            // A name that no domain can have, such as a label of more than 63 letters (RFC 1035 2.3.4).
            return null;
        }

        var secure = uri.Scheme == "rtsps";
        var port = uri.Port > 0 ? uri.Port : secure ? SecurePort : PlainPort;
        var named = uri.HostNameType == UriHostNameType.IPv6 ? $"[{host}]" : host;
        return new CameraAddress(
            $"{uri.Scheme}://{named}:{port}{uri.GetComponents(UriComponents.PathAndQuery, UriFormat.UriEscaped)}", host, port, secure);
    }

    /// <summary>Host and port: the path may hold what is not for everybody's eyes.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
