using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Xunke.Bench.Fanout;

/// <summary>What one process of dashboards is to do; it comes as a line of JSON on standard input.</summary>
internal sealed record DashboardOrder(
    Uri Url, string? Cookie, int First, int Count, int Schools, double WarmSeconds, double MeasureSeconds);

/// <summary>What it found; it goes as a line of JSON to standard output.</summary>
internal sealed record DashboardReport(Dictionary<int, long> Latencies, long Bytes, long RoomViews);

/// <summary>
/// A process of dashboards: each is a WebSocket to the hub that watches the district and one school, and notes how old
/// each view is when its last byte has come in. The clock is the server's, for it is the same machine.
/// </summary>
internal sealed class DashboardClients(DashboardOrder order)
{
    /// <summary>The line that the process writes when every dashboard is served, warm, and the measurement begins.</summary>
    public const string Measuring = "MEASURING";

    private const byte RecordSeparator = 0x1e;

    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly LatencyHistogram _latencies = new();
    private long _bytes;
    private long _roomViews;
    private readonly TaskCompletionSource _allServed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _served;
    private volatile bool _measuring;

    /// <summary>The role of the process: order in, report out.</summary>
    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        string line = await Console.In.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("no order");
        DashboardReport report = await new DashboardClients(JsonSerializer.Deserialize<DashboardOrder>(line)!)
            .MeasureAsync(() => Console.WriteLine(Measuring), cancellationToken);
        Console.WriteLine(JsonSerializer.Serialize(report));
    }

    private async Task<DashboardReport> MeasureAsync(Action begins, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] dashboards = [.. Enumerable.Range(order.First, order.Count).Select(number => WatchAsync(number, stop.Token))];
        Task failed = Task.WhenAny(dashboards).Unwrap();
        await await Task.WhenAny(_allServed.Task.WaitAsync(ConnectTime, cancellationToken), failed);
        await DelayAsync(order.WarmSeconds, failed, cancellationToken);
        begins();
        _measuring = true;
        await DelayAsync(order.MeasureSeconds, failed, cancellationToken);
        _measuring = false;
        await stop.CancelAsync();
        await Task.WhenAll(dashboards);
        return new DashboardReport(_latencies.Counts(), _bytes, _roomViews);
    }

    private static async Task DelayAsync(double seconds, Task failed, CancellationToken cancellationToken) =>
        await await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(seconds), cancellationToken), failed);

    private async Task WatchAsync(int number, CancellationToken cancellationToken)
    {
        string school = string.Create(CultureInfo.InvariantCulture, $"s{(number % order.Schools) + 1:00}");
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", order.Cookie ?? string.Empty);
        try
        {
            await socket.ConnectAsync(order.Url, cancellationToken);
            await SendAsync(socket, """{"protocol":"json","version":1}""", cancellationToken);
            await SendAsync(socket, """{"type":1,"invocationId":"1","target":"WatchDistrict","arguments":[]}""", cancellationToken);
            await SendAsync(
                socket, $$"""{"type":1,"invocationId":"2","target":"WatchSchool","arguments":["{{school}}"]}""", cancellationToken);
            await ReadAsync(socket, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The measurement is over.
        }
    }

    private async Task ReadAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[2 * 1024 * 1024];
        int end = 0;
        bool served = false;
        while (true)
        {
            ValueWebSocketReceiveResult received = await socket.ReceiveAsync(buffer.AsMemory(end), cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                throw new InvalidOperationException("the server has closed a dashboard's connection");
            }

            int from = end;
            end += received.Count;
            int start = 0;
            for (int separator; (separator = buffer.AsSpan(Math.Max(start, from), end - Math.Max(start, from))
                .IndexOf(RecordSeparator)) >= 0;)
            {
                separator += Math.Max(start, from);
                bool noted = Note(buffer.AsSpan(start, separator - start));
                if (noted && !served && (served = true) && Interlocked.Increment(ref _served) == order.Count)
                {
                    _allServed.SetResult();
                }

                start = separator + 1;
            }

            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
        }
    }

    // Whether the message brought views.
    private bool Note(ReadOnlySpan<byte> message)
    {
        bool rooms = message.StartsWith("{\"type\":1,\"target\":\"Rooms\""u8);
        bool views = rooms || message.StartsWith("{\"type\":1,\"target\":\"District\""u8);
        if (!_measuring || !views)
        {
            return views;
        }

        TimeSpan now = DateTimeOffset.UtcNow.TimeOfDay;
        lock (_gate)
        {
            _bytes += rooms ? message.Length : 0;
            ReadOnlySpan<byte> mark = "\"at\":\""u8;
            for (int at; (at = message.IndexOf(mark)) >= 0;)
            {
                message = message[(at + mark.Length)..];
                _latencies.Add(Since(ReadTimeOfDay(message), now));
                _roomViews += rooms ? 1 : 0;
            }
        }

        return true;
    }

    private static TimeSpan Since(TimeSpan then, TimeSpan now) => now >= then ? now - then : now - then + TimeSpan.FromDays(1);

    // 2026-09-01T08:05:03.1234567+00:00, with as many digits of the fraction as are not zero.
    private static TimeSpan ReadTimeOfDay(ReadOnlySpan<byte> text)
    {
        long ticks = ((Two(text[11..]) * 60L) + Two(text[14..])) * 60L + Two(text[17..]);
        ticks *= TimeSpan.TicksPerSecond;
        long unit = TimeSpan.TicksPerSecond / 10;
        for (int i = 20; text[19] == '.' && char.IsAsciiDigit((char)text[i]); i++, unit /= 10)
        {
            ticks += (text[i] - '0') * unit;
        }

        return new TimeSpan(ticks);

        static int Two(ReadOnlySpan<byte> digits) => ((digits[0] - '0') * 10) + digits[1] - '0';
    }

    private static Task SendAsync(ClientWebSocket socket, string message, CancellationToken cancellationToken) =>
        socket.SendAsync(
            Encoding.UTF8.GetBytes(message + (char)RecordSeparator), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
}
