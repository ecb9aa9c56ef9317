using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Streaming.Client;
using Xunke.Streaming.Edge;
using Xunke.Tests.Streaming.Client;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Pipeline;

/// <summary>A file, the rendered class unless another is named, on the way into the room, over real WHIP, ICE, DTLS and SRTP.</summary>
internal sealed class PlayingCamera : IAsyncDisposable
{
    private readonly WhipTestServer _server;
    private readonly WhipPublisher _publisher;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;

    private PlayingCamera(WhipTestServer server, string file)
    {
        _server = server;
        var options = new WhipPublisherOptions { Url = server.Url, Key = WhipTestServer.Key, File = file };
        _publisher = new WhipPublisher(options, TimeProvider.System, NullLoggerFactory.Instance);
        _run = _publisher.RunAsync(_stop.Token);
    }

    public static async Task<PlayingCamera> StartAsync(MediaServer media, string? file = null) =>
        new(await WhipTestServer.StartAsync(media), file ?? Clips.Front);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        await _publisher.DisposeAsync();
        await _server.DisposeAsync();
        _stop.Dispose();
    }
}
