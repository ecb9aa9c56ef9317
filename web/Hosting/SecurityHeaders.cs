namespace Xunke.Web.Hosting;

/// <summary>What browsers are told not to do with the pages, and who may call the API from a page.</summary>
internal static class SecurityHeaders
{
    // Element Plus and ECharts set inline styles; scripts come from our own files only. The published picture is a
    // MediaStream, which no directive covers.
    private const string ContentPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        + "media-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private const string Permissions = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()";

    // Half a year; without subdomains, which are not ours.
    private const string StrictTransport = "max-age=15552000";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (context.Request.IsHttps && !IsThisMachine(context.Request.Host.Host))
        {
            headers.StrictTransportSecurity = StrictTransport;
        }

        return next(context);
    });

    // A browser that remembers it for localhost refuses whatever else runs there.
    private static bool IsThisMachine(string host) => host is "localhost" or "127.0.0.1" or "[::1]";

    /// <summary>
    /// Refuses what a page of another origin sends to the routes that a cookie opens. SameSite=Strict keeps the cookie
    /// from other sites; this also stops other origins of the same site, such as another port of this host.
    /// </summary>
    public static void UseSameOriginOnly(this WebApplication app) => app.Use((context, next) =>
    {
        string site = context.Request.Headers["Sec-Fetch-Site"].ToString();
        bool opensByCookie = context.Request.Path.StartsWithSegments("/api")
            || context.Request.Path.StartsWithSegments("/hubs")
            || context.Request.Path.StartsWithSegments("/whep");
        return opensByCookie && site is ("cross-site" or "same-site")
            ? Problems.Create(StatusCodes.Status403Forbidden, "cross-origin", "不接受来自其他网站的请求").ExecuteAsync(context)
            : next(context);
    });
}
