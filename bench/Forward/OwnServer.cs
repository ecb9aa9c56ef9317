using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Streaming;

namespace Xunke.Bench.Forward;

/// <summary>Our media server in a child process, spoken to over its standard input and output, a JSON document a line.</summary>
internal sealed class OwnServer : IForwardServer
{
    /// <summary>The bench's argument that makes a process the server.</summary>
    public const string ServeArgument = "serve";

    private readonly Process _process;

    private OwnServer(Process process) => _process = process;

    public string Name => "xunke";

    public int ProcessId => _process.Id;

    public static OwnServer Start()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(OwnServer).Assembly.Location);
        }

        start.ArgumentList.Add("forward");
        start.ArgumentList.Add(ServeArgument);
        return new OwnServer(Process.Start(start)!);
    }

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

    public async Task PublishAsync(string room, LoadPeer publisher, CancellationToken cancellationToken) =>
        await publisher.ConnectAsync((await AskAsync(new Request("publish", room, publisher.Offer("sendonly")), cancellationToken)).Sdp, cancellationToken);

    public async Task ViewAsync(string room, LoadPeer viewer, CancellationToken cancellationToken) =>
        await viewer.ConnectAsync((await AskAsync(new Request("view", room, viewer.Offer("recvonly")), cancellationToken)).Sdp, cancellationToken);

    public async Task<long?> AllocatedAsync(CancellationToken cancellationToken) =>
        (await AskAsync(new Request("allocated", string.Empty, string.Empty), cancellationToken)).Allocated;

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task<Response> AskAsync(Request request, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request).AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        var line = await _process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("The server process ended.");
        return JsonSerializer.Deserialize<Response>(line)!;
    }

    private sealed record Request(string Verb, string Room, string Sdp);

    private sealed record Response(string Sdp, long Allocated);
}
