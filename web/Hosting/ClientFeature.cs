using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Xunke.Web.Hosting;

/// <summary>
/// Serves the Vue client. Its build names every file under <c>assets/</c> by content, so browsers keep those for good;
/// index.html names them and is asked for every time.
/// </summary>
internal static class ClientFeature
{
    // Every path that is not the server's own: a wrong method on those must stay 405, not become a page.
    private const string Pages = "{*path:nonfile:regex(^(?!(api|hubs|whip|whep|health|openapi)(/|$)))}";

    public static void UseClient(this WebApplication app) =>
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = context => Cache(context.Context) });

    public static void MapClient(this WebApplication app) =>
        app.MapFallback(Pages, async context =>
        {
            IFileInfo index = app.Environment.WebRootFileProvider.GetFileInfo("index.html");
            if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            {
                context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            }
            else if (index.Exists)
            {
                Cache(context);
                context.Response.ContentType = "text/html; charset=utf-8";
                await context.Response.SendFileAsync(index, context.RequestAborted);
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.ContentType = "text/plain; charset=utf-8";
                await context.Response.WriteAsync("网页尚未构建 the web client has not been built\n", context.RequestAborted);
            }
        }).AllowAnonymous().ExcludeFromDescription();

    private static void Cache(HttpContext context) =>
        context.Response.Headers[HeaderNames.CacheControl] = context.Request.Path.StartsWithSegments("/assets")
            ? "public, max-age=31536000, immutable"
            : "no-cache";
}
