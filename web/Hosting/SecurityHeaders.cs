using Scalar.AspNetCore;

namespace Xunke.Web.Hosting;

/// <summary>What browsers are told not to do with the pages and with what the API answers.</summary>
internal static class SecurityHeaders
{
    private const string OwnScripts = "script-src 'self'";

    // Element Plus and ECharts set inline styles; scripts come from our own files only. The published picture is a
    // MediaStream, which no directive covers.
    private const string ContentPolicy =
        $"default-src 'self'; {OwnScripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        + "media-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private const string Permissions = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()";

    // Half a year; without subdomains, which are not ours.
    private const string StrictTransport = "max-age=15552000";

    /// <summary>Sets them at the last moment: an error's answer begins with empty headers, and only then has a proxy told the
    /// scheme.</summary>
    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(static request => Set((HttpContext)request), context);
        return next(context);
    });

    private static Task Set(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        // The API's page has one script in the page itself.
        object? nonce = context.Items[ScalarOptions.NonceHttpContextItemKey];
        headers.ContentSecurityPolicy = nonce is null
            ? ContentPolicy
            : ContentPolicy.Replace(OwnScripts, $"{OwnScripts} 'nonce-{nonce}'", StringComparison.Ordinal);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // A page on another port of this host is of the same site, so its pictures and players would carry the cookie.
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.IsHttps && !IsThisMachine(context.Request.Host.Host))
        {
            headers.StrictTransportSecurity = StrictTransport;
        }

        return Task.CompletedTask;
    }

    // A browser that remembers it for localhost refuses whatever else runs there.
    private static bool IsThisMachine(string host) => host is "localhost" or "127.0.0.1" or "[::1]";
}
