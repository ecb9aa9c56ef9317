using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Xunke.Analytics.Models;
using Xunke.Tests.Support;

namespace Xunke.Tests.Web;

/// <summary>The program itself, as a process that can be killed and started again on the same data.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("xunke-program-");
    private readonly CookieContainer _cookies = new();
    private readonly int _port = FreePort();
    private readonly string[] _more;
    private Process? _server;

    public RunningProgram(params string[] more)
    {
        _more = more;
        Http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies }) { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };
        Http.DefaultRequestHeaders.Add("Origin", $"http://127.0.0.1:{_port}");
    }

    /// <summary>The administrator's browser.</summary>
    public HttpClient Http { get; }

    /// <summary>The administrator.</summary>
    public SignedIn Administrator => new(Http, _cookies);

    /// <summary>The data directory.</summary>
    public string Data => Path.Combine(_data.FullName, "data");

    public int ProcessId => _server!.Id;

    /// <summary>Starts it, and signs in.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "xunke"),
        [
            "--urls", $"http://127.0.0.1:{_port}", "--data", Data, "--Media:UdpPort", "0",
            "--Analysis:ModelDirectory", ModelStore.SharedCacheDirectory,
            "--Demo:Cameras", "false", "--Demo:Password", RunningApp.Password, "--Decoding:Workers", "1",
            "--Recording:AlertFreeGigabytes", "0", "--Recording:StopFreeGigabytes", "0",
            .. _more,
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        Process server = _server = Process.Start(start)!;
        server.OutputDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        await Eventually.TrueAsync(
            async () =>
            {
                server.HasExited.ShouldBeFalse("the server ended");
                try
                {
                    using HttpResponseMessage ready = await Http.GetAsync("/health/live");
                    return ready.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(180));
        using HttpResponseMessage answer =
            await Http.PostAsJsonAsync("/api/session", new { userName = "administrator", password = RunningApp.Password });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _server!.Kill();
        await _server.WaitForExitAsync();
    }

    /// <summary>Ends it as an administrator does.</summary>
    public async Task StopAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", $"{ProcessId}"]);
        await _server!.WaitForExitAsync();
        _server.ExitCode.ShouldBe(0);
    }

    /// <summary>A camera that shows a class.</summary>
    public async Task<RecordedLessons.Camera> ShowClassAsync(string roomId)
    {
        JsonElement room = (await (await Http.GetAsync($"/api/admin/rooms?schoolId={roomId[..3]}")).JsonAsync()).EnumerateArray()
            .Single(room => room.GetProperty("roomId").GetString() == roomId);
        return new RecordedLessons.Camera(new Uri(Http.BaseAddress!, $"/whip/{roomId}"), room.GetProperty("key").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_server is { HasExited: false })
        {
            _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync();
        }

        _server?.Dispose();
        _data.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
