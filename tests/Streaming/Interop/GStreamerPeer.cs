using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Xunke.Tests.Streaming.Interop;

/// <summary>GStreamer's webrtcbin in a process of its own, driven by <c>webrtcbin.py</c>.</summary>
internal sealed class GStreamerPeer : IAsyncDisposable
{
    // Debian's own Python, which python3-gi belongs to; another one may come first in the path.
    private const string Python = "/usr/bin/python3";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly TaskCompletionSource<string> _offer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _errors = [];
    private volatile int _pictures;
    private volatile int _sounds;
    private volatile string _state = "new";

    private GStreamerPeer(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
            {
                _errors.Add(line.Data ?? string.Empty);
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The state of the connection in webrtcbin's words.</summary>
    public string State => _state;

    /// <summary>Pictures decoded so far.</summary>
    public int Pictures => _pictures;

    /// <summary>Sounds decoded so far.</summary>
    public int Sounds => _sounds;

    /// <summary>What it counted and complained about, for a test that fails.</summary>
    public string Complaint
    {
        get
        {
            lock (_errors)
            {
                return $"GStreamer is {State}, decoded {Pictures} pictures and {Sounds} sounds and says: {string.Join('\n', _errors.TakeLast(20))}";
            }
        }
    }

    /// <summary>Starts a peer and connects it by the server's answer to its offer.</summary>
    /// <param name="role"><c>publish</c> or <c>view</c>.</param>
    /// <param name="codec"><c>h264</c> or <c>vp8</c>.</param>
    /// <param name="answer">Gives the server's answer.</param>
    public static async Task<GStreamerPeer> ConnectAsync(string role, string codec, Func<string, string> answer)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "webrtcbin.py");
        var peer = new GStreamerPeer(Process.Start(new ProcessStartInfo(Python, [script, role, codec])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
        try
        {
            var offer = await peer._offer.Task.WaitAsync(Patience);
            await peer._process.StandardInput.WriteLineAsync(new JsonObject { ["answer"] = answer(offer) }.ToJsonString());
            await peer._process.StandardInput.FlushAsync();
            return peer;
        }
        catch (TimeoutException)
        {
            await peer.DisposeAsync();
            throw new TimeoutException(peer.Complaint);
        }
    }

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

    private void Read(string? line)
    {
        if (line is null || JsonSerializer.Deserialize<JsonObject>(line) is not { } document)
        {
            return;
        }

        if ((string?)document["offer"] is { } offer)
        {
            _offer.TrySetResult(offer);
        }

        _state = (string?)document["state"] ?? _state;
        _pictures = (int?)document["video"] ?? _pictures;
        _sounds = (int?)document["audio"] ?? _sounds;
    }
}
