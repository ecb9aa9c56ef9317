using System.Diagnostics;
using System.Text.Json;

namespace Xunke.Bench.Forward;

/// <summary>A server of ours in a child process, spoken to over its standard input and output, a JSON document a line.</summary>
internal sealed class ServerChild : IAsyncDisposable
{
    private readonly Process _process;

    private ServerChild(Process process) => _process = process;

    public int ProcessId => _process.Id;

    /// <summary>Starts this program once more as a server.</summary>
    /// <param name="argument">Which server.</param>
    public static ServerChild Start(string argument)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ServerChild).Assembly.Location);
        }

        start.ArgumentList.Add("forward");
        start.ArgumentList.Add(argument);
        return new ServerChild(Process.Start(start)!);
    }

    /// <summary>Sends a request and reads the response.</summary>
    public async Task<TResponse> AskAsync<TResponse>(object request, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request).AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        var line = await _process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException("The server process ended.");
        return JsonSerializer.Deserialize<TResponse>(line)!;
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
}
