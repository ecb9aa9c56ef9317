using Microsoft.Extensions.Options;
using Xunke.Web.Configuration;
using Xunke.Web.Identity;

namespace Xunke.Web.Hosting;

/// <summary>
/// Refuses what a page of another origin sends. SameSite=Strict keeps the cookie from other sites only: another port or
/// scheme of this host is the same site. No header is sent by every browser over every scheme, so several are looked at.
/// WHIP is left alone: cookies play no part there, and any page may publish with a room's key.
/// </summary>
internal static class SameOrigin
{
    private static readonly string[] CookieRoots = ["/api", "/hubs", "/whep", "/openapi"];

    public static void UseSameOriginOnly(this WebApplication app)
    {
        _ = Uri.TryCreate(app.Services.GetRequiredService<IOptions<MediaSettings>>().Value.PublicUrl, UriKind.Absolute, out Uri? announced);
        app.Use((context, next) => IsForeign(context.Request, announced)
            ? Problems.Create(StatusCodes.Status403Forbidden, "cross-origin", "不接受来自其他网站的请求").ExecuteAsync(context)
            : next(context));
    }

    private static bool IsForeign(HttpRequest request, Uri? announced)
    {
        bool isSafe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        if (request.Path.StartsWithSegments("/whip")
            || (isSafe && !Array.Exists(CookieRoots, root => request.Path.StartsWithSegments(root))))
        {
            return false;
        }

        string site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is "cross-site" or "same-site")
        {
            return true;
        }

        if (request.Headers.Origin.ToString() is { Length: > 0 } origin)
        {
            return !IsOwn(origin, request, announced);
        }

        if (isSafe || site is "same-origin")
        {
            return false;
        }

        // Browsers name the origin of what changes something. Who names nothing is no browser, or one too old to be trusted with a cookie.
        return request.Headers.Referer.ToString() is { Length: > 0 } referer
            ? !IsOwn(referer, request, announced)
            : request.Cookies.ContainsKey(LoginRequests.Cookie);
    }

    // The request's own origin is that which a known proxy says; the port and the scheme count as much as the host.
    private static bool IsOwn(string address, HttpRequest request, Uri? announced) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? named)
        && ((Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out Uri? own) && IsSame(named, own))
            || (announced is not null && IsSame(named, announced)));

    private static bool IsSame(Uri one, Uri other) =>
        one.Scheme == other.Scheme
            && one.Port == other.Port && string.Equals(one.IdnHost, other.IdnHost, StringComparison.OrdinalIgnoreCase);
}
