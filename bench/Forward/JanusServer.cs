using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunke.Streaming.Sdp;

namespace Xunke.Bench.Forward;

/// <summary>
/// Debian's Janus with its VideoRoom plug-in, on loopback, spoken to over its WebSocket API
/// (https://janus.conf.meetecho.com/docs/videoroom). Its configuration lives in a temporary folder.
/// </summary>
internal sealed class JanusServer : IForwardServer
{
    private const int FeedAttempts = 20;

    private static readonly TimeSpan FeedPause = TimeSpan.FromMilliseconds(50);

    private const string Program = "/usr/bin/janus";

    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private ClientWebSocket _socket = new();
    private long _session;
    private int _transactions;

    private JanusServer(Process process, DirectoryInfo folder)
    {
        _process = process;
        _folder = folder;
    }

    public static bool IsInstalled => File.Exists(Program);

    public string Name => "janus";

    public int ProcessId => _process.Id;

    public static async Task<JanusServer> StartAsync(CancellationToken cancellationToken)
    {
        var port = FreePort();
        var folder = Directory.CreateTempSubdirectory("xunke-janus-");
        var configuration = WriteConfiguration(folder.FullName, port);
        var start = new ProcessStartInfo(Program, ["-F", folder.FullName, "-C", configuration])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new JanusServer(process, folder);
        try
        {
            await server.ConnectAsync(port, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task<ILoadPeer> PublishAsync(string room, CancellationToken cancellationToken)
    {
        var publisher = new LoadPeer();
        var handle = await AttachAsync(cancellationToken);
        await MessageAsync(
            handle, new JsonObject
            {
                ["request"] = "create",
                ["room"] = room,
                ["publishers"] = 1,
                ["videocodec"] = "h264",
                ["fir_freq"] = 0
            }, null, cancellationToken);
        var join = new JsonObject { ["request"] = "joinandconfigure", ["ptype"] = "publisher", ["room"] = room, ["id"] = $"p-{room}" };
        var reply = await MessageAsync(handle, join, Jsep("offer", publisher.Offer("sendonly")), cancellationToken);
        await publisher.ConnectAsync(Sdp(reply), cancellationToken);
        return publisher;
    }

    public async Task<ILoadPeer> ViewAsync(string room, CancellationToken cancellationToken)
    {
        var viewer = new LoadPeer();
        var handle = await AttachAsync(cancellationToken);
        var join = new JsonObject
        {
            ["request"] = "join",
            ["ptype"] = "subscriber",
            ["room"] = room,
            ["streams"] = new JsonArray(new JsonObject { ["feed"] = $"p-{room}" }),
        };
        var offer = Sdp(await JoinAsync(handle, join, cancellationToken));
        await MessageAsync(handle, new JsonObject { ["request"] = "start" },
            Jsep("answer", viewer.AnswerTo(SessionDescription.Parse(offer))), cancellationToken);
        await viewer.ConnectAsync(offer, cancellationToken);
        return viewer;
    }

    // Janus names a feed only a moment after its publisher has connected.
    private async Task<JsonNode> JoinAsync(long handle, JsonObject join, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await MessageAsync(handle, (JsonObject)join.DeepClone(), null, cancellationToken);
            }
            catch (InvalidOperationException refusal) when (attempt < FeedAttempts
                && refusal.Message.Contains("No such feed", StringComparison.Ordinal))
            {
                await Task.Delay(FeedPause, cancellationToken);
            }
        }
    }

    public Task<long?> AllocatedAsync(CancellationToken cancellationToken) => Task.FromResult<long?>(null);

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Only the one plug-in and the one transport are linked into the folders, so nothing else is loaded.
    private static string WriteConfiguration(string folder, int port)
    {
        foreach (var name in (string[])["plugins", "transports", "empty"])
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
        }

        var libraries = Directory.GetDirectories("/usr/lib", "*-linux-gnu")
            .Select(path => Path.Combine(path, "janus")).First(Directory.Exists);
        File.CreateSymbolicLink(
            Path.Combine(folder, "plugins", "libjanus_videoroom.so"), Path.Combine(libraries, "plugins", "libjanus_videoroom.so"));
        File.CreateSymbolicLink(
            Path.Combine(folder, "transports", "libjanus_websockets.so"), Path.Combine(libraries, "transports", "libjanus_websockets.so"));
        File.WriteAllText(Path.Combine(folder, "janus.plugin.videoroom.jcfg"), "general: { string_ids = true }\n");
        File.WriteAllText(
            Path.Combine(folder, "janus.transport.websockets.jcfg"),
            $"general: {{ json = \"compact\"; ws = true; ws_port = {port.ToString(CultureInfo.InvariantCulture)}; ws_ip = \"127.0.0.1\"; wss = false }}\nadmin: {{ admin_ws = false }}\n");
        var file = Path.Combine(folder, "janus.jcfg");
        File.WriteAllText(
            file,
            $$"""
            general: { configs_folder = "{{folder}}"; plugins_folder = "{{folder}}/plugins"; transports_folder = "{{folder}}/transports";
                       events_folder = "{{folder}}/empty"; loggers_folder = "{{folder}}/empty"; debug_level = 2; protected_folders = [] }
            media: { ipv6 = false }
            nat: { ice_lite = true }
            """);
        return file;
    }

    private static JsonObject Jsep(string type, string sdp) => new() { ["type"] = type, ["sdp"] = sdp };

    private static string Sdp(JsonNode reply) => (string)reply["jsep"]!["sdp"]!;

    private async Task ConnectAsync(int port, CancellationToken cancellationToken)
    {
        for (var attempt = 0; _socket.State != WebSocketState.Open; attempt++)
        {
            // A socket that failed to connect cannot be used again.
            _socket.Dispose();
            _socket = new ClientWebSocket();
            _socket.Options.AddSubProtocol("janus-protocol");
            try
            {
                await _socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}"), cancellationToken);
            }
            catch (WebSocketException) when (attempt < 100)
            {
                await Task.Delay(100, cancellationToken);
            }
        }

        _session = (long)(await CallAsync(new JsonObject { ["janus"] = "create" }, cancellationToken))["data"]!["id"]!;
    }

    private async Task<long> AttachAsync(CancellationToken cancellationToken) => (long)(await CallAsync(
        new JsonObject { ["janus"] = "attach", ["session_id"] = _session, ["plugin"] = "janus.plugin.videoroom" },
        cancellationToken))["data"]!["id"]!;

    private async Task<JsonNode> MessageAsync(long handle, JsonObject body, JsonObject? jsep, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["janus"] = "message", ["session_id"] = _session, ["handle_id"] = handle, ["body"] = body };
        if (jsep is not null)
        {
            request["jsep"] = jsep;
        }

        var reply = await CallAsync(request, cancellationToken);
        return reply["plugindata"]?["data"]?["error"] is { } error ? throw new InvalidOperationException($"Janus: {error}") : reply;
    }

    private async Task<JsonNode> CallAsync(JsonObject request, CancellationToken cancellationToken)
    {
        var transaction = $"t{++_transactions}";
        request["transaction"] = transaction;
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(request), WebSocketMessageType.Text, true, cancellationToken);
        while (true)
        {
            var reply = await ReadAsync(cancellationToken);
            // "ack" only says that the real answer follows; events of other handles are none of this call's.
            if ((string?)reply["transaction"] == transaction && (string?)reply["janus"] != "ack")
            {
                return (string?)reply["janus"] == "error" ? throw new InvalidOperationException($"Janus: {reply["error"]}") : reply;
            }
        }
    }

    private async Task<JsonNode> ReadAsync(CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        return JsonNode.Parse(message.ToArray())!;
    }
}
