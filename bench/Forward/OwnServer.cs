using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Streaming.Edge;

namespace Xunke.Bench.Forward;

/// <summary>Our media server.</summary>
internal sealed class OwnServer(ServerChild child) : IForwardServer
{
    /// <summary>The bench's argument that makes a process the server.</summary>
    public const string ServeArgument = "serve";

    public string Name => "xunke";

    public int ProcessId => child.ProcessId;

    public static OwnServer Start() => new(ServerChild.Start(ServeArgument));

    /// <summary>The child's side: answers requests until its input ends.</summary>
    public static async Task ServeAsync(CancellationToken cancellationToken)
    {
        var options = new MediaServerOptions { UdpPort = 0 };
        await using var server = new MediaServer(options, TimeProvider.System, NullLoggerFactory.Instance);
        server.Start();
        while (await Console.In.ReadLineAsync(cancellationToken) is { } line)
        {
            var request = JsonSerializer.Deserialize<Request>(line)!;
            var response = request.Verb switch
            {
                "publish" => new Response(server.Publish(request.Room, request.Sdp).Sdp, 0),
                "view" => new Response(server.View(request.Room, request.Sdp).Sdp, 0),
                _ => new Response(string.Empty, GC.GetTotalAllocatedBytes()),
            };
            Console.WriteLine(JsonSerializer.Serialize(response));
        }
    }

    public Task<ILoadPeer> PublishAsync(string room, CancellationToken cancellationToken) =>
        ConnectAsync("publish", room, "sendonly", cancellationToken);

    public Task<ILoadPeer> ViewAsync(string room, CancellationToken cancellationToken) =>
        ConnectAsync("view", room, "recvonly", cancellationToken);

    public async Task<long?> AllocatedAsync(CancellationToken cancellationToken) =>
        (await child.AskAsync<Response>(new Request("allocated", string.Empty, string.Empty), cancellationToken)).Allocated;

    public ValueTask DisposeAsync() => child.DisposeAsync();

    private async Task<ILoadPeer> ConnectAsync(string verb, string room, string direction, CancellationToken cancellationToken)
    {
        var peer = new LoadPeer();
        var answer = await child.AskAsync<Response>(new Request(verb, room, peer.Offer(direction)), cancellationToken);
        await peer.ConnectAsync(answer.Sdp, cancellationToken);
        return peer;
    }

    private sealed record Request(string Verb, string Room, string Sdp);

    private sealed record Response(string Sdp, long Allocated);
}
