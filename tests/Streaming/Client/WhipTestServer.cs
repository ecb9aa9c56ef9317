using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Streaming.Edge;

namespace Xunke.Tests.Streaming.Client;

/// <summary>The real media server behind the smallest WHIP endpoint that Kestrel can serve: one room, one key.</summary>
internal sealed class WhipTestServer : IAsyncDisposable
{
    public const string Room = "s01-r01";
    public const string Key = "the-right-key";

    private readonly WebApplication _app;

    private readonly bool _ownsMedia;

    private WhipTestServer(WebApplication app, MediaServer media, bool ownsMedia)
    {
        _app = app;
        Media = media;
        _ownsMedia = ownsMedia;
    }

    public MediaServer Media { get; }

    /// <summary>Answers each POST instead of the media server, when set.</summary>
    public Func<HttpContext, Task<bool>>? Intercept { get; set; }

    /// <summary>Changes each offer before the media server sees it.</summary>
    public Func<string, string> RewriteOffer { get; set; } = static sdp => sdp;

    /// <summary>Changes each answer on its way to the publisher.</summary>
    public Func<string, string> RewriteAnswer { get; set; } = static sdp => sdp;

    public int Port => new Uri(_app.Urls.Single()).Port;

    public Uri Url => new($"http://127.0.0.1:{Port}/whip/{Room}");

    public ConcurrentQueue<string> Offers { get; } = new();

    public ConcurrentQueue<string> Deleted { get; } = new();

    /// <summary>Starts on a free port, or on one that an earlier server had, before a media server of its own.</summary>
    public static Task<WhipTestServer> StartAsync(int port = 0)
    {
        var media = new MediaServer(
            new MediaServerOptions { Bind = IPAddress.Loopback, UdpPort = 0 }, TimeProvider.System, NullLoggerFactory.Instance);
        media.Start();
        return StartAsync(media, ownsMedia: true, port);
    }

    /// <summary>Starts before a media server that somebody else started and stops.</summary>
    public static Task<WhipTestServer> StartAsync(MediaServer media) => StartAsync(media, ownsMedia: false, port: 0);

    private static async Task<WhipTestServer> StartAsync(MediaServer media, bool ownsMedia, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var server = new WhipTestServer(builder.Build(), media, ownsMedia);
        server._app.MapPost("/whip/{room}", server.PostAsync);
        server._app.MapDelete("/whip/{room}/{session}", server.Delete);
        await server._app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        if (_ownsMedia)
        {
            await Media.DisposeAsync();
        }
    }

    private async Task PostAsync(HttpContext context, string room)
    {
        if (Intercept is not null && await Intercept(context))
        {
            return;
        }

        if (context.Request.Headers.Authorization != $"Bearer {Key}")
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (room != Room)
        {
            await Results.Problem("No such room.", statusCode: StatusCodes.Status404NotFound).ExecuteAsync(context);
            return;
        }

        context.Request.ContentType.ShouldStartWith("application/sdp");
        using var reader = new StreamReader(context.Request.Body);
        var offer = await reader.ReadToEndAsync(context.RequestAborted);
        Offers.Enqueue(offer);
        var answer = Media.Publish(room, RewriteOffer(offer));
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.ContentType = "application/sdp";
        context.Response.Headers.Location = $"/whip/{room}/{answer.SessionId}";
        await context.Response.WriteAsync(RewriteAnswer(answer.Sdp), context.RequestAborted);
    }

    private IResult Delete(string session)
    {
        Deleted.Enqueue(session);
        return Media.Close(session) ? Results.Ok() : Results.NotFound();
    }
}
