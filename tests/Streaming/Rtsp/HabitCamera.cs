using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunke.Streaming.Rtsp;

namespace Xunke.Tests.Streaming.Rtsp;

/// <summary>
/// A camera with bad habits on loopback: RTSP 1.0 with interleaved packets of a small H.264 clip, at its own pace. What
/// it does otherwise than the standard says is set before it starts.
/// </summary>
internal sealed class HabitCamera : IAsyncDisposable
{
    public const string SessionName = "1185d20035702ca";

    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<string> _requests = [];
    private readonly List<Task> _connections = [];
    private readonly HabitClip _clip;
    private readonly Task _accepting;
    private int _players;

    public HabitCamera(HabitClip clip, string address = "127.0.0.1")
    {
        _clip = clip;
        Address = address;
        _listener = new TcpListener(IPAddress.Parse(address), 0);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address { get; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"rtsp://{Address}:{Port}/live";

    public CameraSource Source => SourceOf(Url);

    /// <summary>What is sent instead of the usual answer to a request, one byte in each character; null for the usual one, "" for
    /// silence.</summary>
    public Func<HabitRequest, string?> Answer { get; init; } = _ => null;

    /// <summary>Changes every answer on its way.</summary>
    public Func<string, string> Rewrite { get; init; } = answer => answer;

    /// <summary>Closes the connection instead of answering.</summary>
    public Func<HabitRequest, bool> Closes { get; init; } = _ => false;

    /// <summary>Changes the description.</summary>
    public Func<string, string> Describe { get; init; } = sdp => sdp;

    /// <summary>Seconds after which the session ends when nothing counts as a sign of life.</summary>
    public int Timeout { get; init; }

    /// <summary>What counts as a sign of life: a request's method, or REPORT.</summary>
    public Func<string, bool> Counts { get; init; } = _ => true;

    /// <summary>The time of a picture in units of 90 kHz, from its number and the time that it should have.</summary>
    public Func<int, uint, uint> Time { get; init; } = (_, time) => time;

    /// <summary>The time of a packet of sound in units of 8 kHz.</summary>
    public Func<int, uint, uint> SoundTime { get; init; } = (_, time) => time;

    /// <summary>What goes out for a whole frame, from the number of its packet.</summary>
    public Func<int, byte[], byte[]> Wire { get; init; } = (_, frame) => frame;

    /// <summary>Says of a NAL unit whether it is left out.</summary>
    public Func<int, bool> Drops { get; init; } = _ => false;

    public bool HasSound { get; init; }

    /// <summary>All requests that came, heads only.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>How often it was played.</summary>
    public int Players => Volatile.Read(ref _players);

    public static CameraSource SourceOf(string url, string? user = null, string? password = null)
    {
        CameraAddress.TryParse(url, out var address, out _).ShouldBeTrue();
        return new CameraSource(address!, user, password);
    }

    public static string Response(string status, HabitRequest request, params string[] headers) =>
        $"RTSP/1.0 {status}\r\nCSeq: {request.Sequence}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n";

    public string Sdp()
    {
        var sound = HasSound ? "m=audio 0 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=control:track2\r\n" : "";
        return Describe(
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=Media Server\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\na=control:*\r\na=range:npt=now-\r\n"
            + $"m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1;sprop-parameter-sets={_clip.ParameterSets}\r\na=control:track1\r\n{sound}");
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                client.NoDelay = true;
                _connections.Add(ServeAsync(client));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        var playing = Task.CompletedTask;
        using (client)
        {
            try
            {
                var connection = new HabitConnection(client.GetStream());
                while (await ReadAsync(connection, ending.Token) is { } request)
                {
                    lock (_requests)
                    {
                        _requests.Add(request.Head);
                    }

                    connection.Touch(Counts(request.Method));
                    if (Closes(request))
                    {
                        break;
                    }

                    await connection.WriteAsync(Encoding.Latin1.GetBytes(Rewrite(Answer(request) ?? Usual(request))), ending.Token);
                    if (request.Method == "PLAY" && playing.IsCompleted)
                    {
                        Interlocked.Increment(ref _players);
                        playing = PlayAsync(connection, client, ending.Token);
                    }
                }
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The other side has gone, or the test is over.
            }

            await ending.CancelAsync();
        }

        await playing;
    }

    private async Task<HabitRequest?> ReadAsync(HabitConnection connection, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (head, isFrame) = await connection.ReadAsync(cancellationToken);
            if (!isFrame)
            {
                return head is null ? null : new HabitRequest(head);
            }

            connection.Touch(Counts("REPORT"));
        }
    }

    private string Usual(HabitRequest request)
    {
        switch (request.Method)
        {
            case "OPTIONS":
                return Response("200 OK", request, "Public: OPTIONS, DESCRIBE, SETUP, TEARDOWN, PLAY, GET_PARAMETER");
            case "DESCRIBE":
                var sdp = Sdp();
                return Response("200 OK", request, "Content-Type: application/sdp", $"Content-Base: {request.Uri}/",
                    $"Content-Length: {sdp.Length}") + sdp;
            case "SETUP":
                var channels = request.Head.Split("interleaved=")[1].Split("\r\n")[0];
                return Response("200 OK", request, $"Transport: RTP/AVP/TCP;unicast;interleaved={channels}",
                    $"Session: {SessionName};timeout={(Timeout > 0 ? Timeout : 60)}");
            case "PLAY":
                return Response("200 OK", request, $"Session: {SessionName}", "Range: npt=0.000-");
            default:
                return Response("200 OK", request);
        }
    }

    private async Task PlayAsync(HabitConnection connection, TcpClient client, CancellationToken cancellationToken)
    {
        try
        {
            var begin = Environment.TickCount64;
            var (sent, sound) = (0, 0);
            ushort sequence = 65_500;
            for (var picture = 0; !cancellationToken.IsCancellationRequested; picture++)
            {
                if (Timeout > 0 && connection.Silence > TimeSpan.FromSeconds(Timeout))
                {
                    client.Close();
                    return;
                }

                // The clock runs over its 32 bits soon.
                var time = Time(picture, unchecked(uint.MaxValue - 300_000u + (uint)(picture * (90_000 / HabitClip.PicturesPerSecond))));
                var payloads = _clip.Payloads(picture, Drops);
                for (var i = 0; i < payloads.Count; i++)
                {
                    var frame = HabitConnection.Frame(0, 96, i == payloads.Count - 1, sequence++, time, payloads[i]);
                    await connection.WriteAsync(Wire(sent++, frame), cancellationToken);
                }

                for (; HasSound && sound * 20 < (picture + 1) * 1000 / HabitClip.PicturesPerSecond; sound++)
                {
                    var silence = new byte[160];
                    Array.Fill(silence, (byte)0xD5);
                    await connection.WriteAsync(HabitConnection.Frame(2, 8, false, (ushort)sound,
                        SoundTime(sound, (uint)(12_345 + (160 * sound))), silence), cancellationToken);
                }

                var due = begin + ((picture + 1) * 1000L / HabitClip.PicturesPerSecond);
                await Task.Delay((int)Math.Max(0, due - Environment.TickCount64), cancellationToken);
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side has gone, or the test is over.
        }
    }
}
