using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunke.Actors.Live;
using Xunke.Web.Hosting;
using Xunke.Web.Simulation;

namespace Xunke.Bench.Fanout;

/// <summary>
/// The least that could do the same: Kestrel and plain WebSockets, no hub, no accounts, no backpressure. Every 200 ms one
/// message a school holds what has changed, made once and written to all who watch that school.
/// </summary>
internal sealed class BareServer : ILiveViewSink
{
    private static readonly TimeSpan Flush = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, ConcurrentQueue<RoomView>> _changed = new();
    private readonly ConcurrentDictionary<WebSocket, string> _watchers = new();
    private DistrictView? _district;

    /// <summary>Runs until standard input ends.</summary>
    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var bare = new BareServer();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using WebApplication app = builder.Build();
        app.UseWebSockets();
        app.Map("/", bare.ServeAsync);
        await app.StartAsync(cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task feed = new DistrictFeed(
            [.. DemoDistrict.MakeRooms(DateTimeOffset.UnixEpoch).Select(room => (room.Id, room.SchoolId))], bare).RunAsync(stop.Token);
        Task broadcast = bare.BroadcastAsync(stop.Token);
        Child.TellReady(new Uri(app.Urls.First()), cookie: null);
        await Console.In.ReadToEndAsync(cancellationToken);
        await stop.CancelAsync();
        await Task.WhenAll(feed, broadcast);
    }

    /// <inheritdoc />
    public void Publish(RoomView view) => _changed.GetOrAdd(view.SchoolId, _ => new ConcurrentQueue<RoomView>()).Enqueue(view);

    /// <inheritdoc />
    public void Publish(SchoolView view)
    {
        // Nobody watches it by itself.
    }

    /// <inheritdoc />
    public void Publish(DistrictView view) => Volatile.Write(ref _district, view);

    private async Task ServeAsync(HttpContext context)
    {
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        byte[] buffer = new byte[4096];
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult received = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
                string text = Encoding.UTF8.GetString(buffer, 0, received.Count);
                int school = text.IndexOf("[\"s", StringComparison.Ordinal);
                if (school >= 0)
                {
                    _watchers[socket] = text.Substring(school + 2, 3);
                }
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException)
        {
            // The dashboard has gone.
        }
        finally
        {
            _watchers.TryRemove(socket, out _);
        }
    }

    private async Task BroadcastAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Flush);
        while (!cancellationToken.IsCancellationRequested)
        {
            ILookup<string, WebSocket> bySchool = _watchers.ToLookup(watcher => watcher.Value, watcher => watcher.Key);
            var sending = new List<Task>();
            foreach ((string school, ConcurrentQueue<RoomView> changed) in _changed)
            {
                var views = new List<RoomView>();
                while (changed.TryDequeue(out RoomView? view))
                {
                    views.Add(view);
                }

                if (views.Count > 0 && bySchool.Contains(school))
                {
                    byte[] message = Write("Rooms", school, views);
                    sending.AddRange(bySchool[school].Select(socket => SendAsync(socket, message, cancellationToken)));
                }
            }

            await Task.WhenAll(sending);
            if (Interlocked.Exchange(ref _district, null) is { } district)
            {
                byte[] message = Write("District", null, district);
                await Task.WhenAll(_watchers.Keys.Select(socket => SendAsync(socket, message, cancellationToken)));
            }

            await ((Task)timer.WaitForNextTickAsync(cancellationToken).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task SendAsync(WebSocket socket, byte[] message, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // The dashboard has gone.
        }
    }

    // The same bytes as the hub's message.
    private static byte[] Write<T>(string target, string? school, T payload)
    {
        var buffer = new ArrayBufferWriter<byte>(256 * 1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("type", 1);
            json.WriteString("target", target);
            json.WriteStartArray("arguments");
            if (school is not null)
            {
                json.WriteStringValue(school);
            }

            JsonSerializer.Serialize(json, payload, Json.Options);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.Write<byte>([0x1e]);
        return buffer.WrittenSpan.ToArray();
    }
}
