using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Xunke.Web.Hosting;

/// <summary>
/// Serves the Vue client. Its build names every file under <c>assets/</c> by content, so browsers keep those for good;
/// index.html names them and is asked for every time.
/// </summary>
internal static class ClientFeature
{
    private static readonly string[] ServerRoots = ["/api", "/hubs", "/whip", "/whep", "/health", "/metrics", "/openapi", "/signed-in"];

    public static void UseClient(this WebApplication app) =>
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = context => Cache(context.Context) });

    /// <summary>
    /// Every other address is a page of the client. No fallback route, because one that takes every path would turn
    /// the server's own 405 and 415 answers into 404.
    /// </summary>
    public static void UsePages(this WebApplication app) => app.Use((context, next) =>
        context.GetEndpoint() is null && IsPage(context.Request)
            ? SendIndexAsync(context, app.Environment.WebRootFileProvider.GetFileInfo("index.html"))
            : next(context));

    private static bool IsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !Path.HasExtension(request.Path)
        && !ServerRoots.Any(root => request.Path.StartsWithSegments(root));

    private static async Task SendIndexAsync(HttpContext context, IFileInfo index)
    {
        if (index.Exists)
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
    }

    private static void Cache(HttpContext context) =>
        context.Response.Headers[HeaderNames.CacheControl] = context.Request.Path.StartsWithSegments("/assets")
            ? "public, max-age=31536000, immutable"
            : "no-cache";
}
